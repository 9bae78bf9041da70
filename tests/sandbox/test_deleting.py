import json
import secrets
from datetime import UTC, datetime

import pytest

from mingdai_client.practising import PracticePlatform
from mingdai_client.signing import is_acknowledgement
from mingdai_sandbox.deleting import obey
from mingdai_sandbox.receiving import receive
from mingdai_sandbox.serving import build_town

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)


@pytest.fixture
def desk(world):
    return build_town(world.config, port=1).desks["yunting-cf"]


@pytest.fixture
def delivered(world, desk):
    manifest, envelope = world.platform.send(world.practise(), at=NOON)
    receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)
    return manifest, envelope


def code_of(answer) -> str:
    return json.loads(answer.body)["code"]


def test_a_notice_deletes_the_values_and_is_acknowledged(world, desk, delivered):
    notice, wire = world.platform.notify(delivered[0])

    answer = obey(desk, wire, at=NOON)

    assert answer.status == 200
    assert desk.store.values_of(notice.disclosure_id) == {}
    assert is_acknowledgement(
        json.loads(answer.body)["acknowledgement"],
        public=world.signing_public,
        notice_id=notice.notice_id,
        disclosure_id=notice.disclosure_id,
    )


def test_the_same_notice_again_is_answered_alike(world, desk, delivered):
    wire = world.platform.notify(delivered[0])[1]

    answers = [obey(desk, wire, at=NOON) for _ in range(2)]

    assert answers[0] == answers[1]


def test_a_notice_the_platform_did_not_sign_deletes_nothing(desk, delivered):
    stranger = PracticePlatform(b"\x00" * 32, rng=secrets.token_bytes)

    answer = obey(desk, stranger.notify(delivered[0])[1], at=NOON)

    assert (answer.status, code_of(answer)) == (422, "notice.signature")
    assert desk.store.values_of(delivered[0].disclosure_id)


def test_a_changed_notice_deletes_nothing(world, desk, delivered):
    wire = world.platform.notify(delivered[0])[1]

    answer = obey(desk, wire.replace(b"withdrawn", b"erased"), at=NOON)

    assert (answer.status, code_of(answer)) == (422, "notice.signature")
    assert desk.store.values_of(delivered[0].disclosure_id)


@pytest.mark.parametrize("body", [b"", b"{}", b'{"notice_id":"n-1"}'])
def test_what_is_no_notice_is_refused(desk, body):
    answer = obey(desk, body, at=NOON)

    assert (answer.status, code_of(answer)) == (422, "notice.malformed")


def test_an_application_that_comes_after_its_notice_stays_out(world, desk):
    manifest, envelope = world.platform.send(world.practise(), at=NOON)
    obey(desk, world.platform.notify(manifest)[1], at=NOON)

    answer = receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)

    assert (answer.status, code_of(answer)) == (410, "application.withdrawn")
    assert desk.store.list_received() == []


def test_a_late_repetition_after_a_notice_brings_nothing_back(world, desk, delivered):
    manifest, envelope = delivered
    obey(desk, world.platform.notify(manifest)[1], at=NOON)

    again = receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)

    assert again.status == 409
    assert desk.store.values_of(manifest.disclosure_id) == {}
