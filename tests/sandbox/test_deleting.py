import json
from datetime import UTC, datetime

import pytest

from mingdai_client.signing import is_acknowledgement
from mingdai_sandbox.deleting import obey
from mingdai_sandbox.receiving import receive
from mingdai_sandbox.serving import build_town

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
NOON_S = int(NOON.timestamp())


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


@pytest.mark.parametrize("kind", ["withdrawn", "erased"])
def test_a_notice_deletes_the_values_and_is_acknowledged(world, desk, delivered, make_notice, kind):
    notice = make_notice("n-1", delivered[0].disclosure_id, kind)

    answer = obey(desk, notice.body, signature=notice.signature(at_s=NOON_S), at=NOON)

    assert answer.status == 200
    assert desk.store.values_of(notice.disclosure_id) == {}
    assert is_acknowledgement(
        json.loads(answer.body)["acknowledgement"],
        public=world.signing_public,
        notice_id="n-1",
        disclosure_id=notice.disclosure_id,
    )


def test_the_same_notice_again_is_answered_alike(desk, delivered, make_notice):
    notice = make_notice("n-1", delivered[0].disclosure_id)
    answers = [
        obey(desk, notice.body, signature=notice.signature(at_s=NOON_S), at=NOON) for _ in range(2)
    ]

    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"secret": "another secret altogether"}, "webhook.signature"),
        ({"at_s": NOON_S - 301}, "webhook.stale"),
        ({"event_id": "n-2"}, "notice.other_id"),
    ],
)
def test_a_notice_the_platform_did_not_just_sign_deletes_nothing(
    desk, delivered, make_notice, changes, code
):
    notice = make_notice("n-1", delivered[0].disclosure_id)
    signature = notice.signature(**{"at_s": NOON_S, **changes})

    answer = obey(desk, notice.body, signature=signature, at=NOON)

    assert (answer.status, code_of(answer)) == (401, code)
    assert desk.store.values_of(notice.disclosure_id)


def test_a_notice_without_signature_deletes_nothing(desk, delivered, make_notice):
    notice = make_notice("n-1", delivered[0].disclosure_id)

    answer = obey(desk, notice.body, signature="", at=NOON)

    assert (answer.status, code_of(answer)) == (401, "webhook.malformed")
    assert desk.store.values_of(notice.disclosure_id)


@pytest.mark.parametrize(("notice_id", "kind"), [("n-1", "other"), ("n-1", "")])
def test_a_notice_of_no_known_kind_is_refused(desk, make_notice, notice_id, kind):
    notice = make_notice(notice_id, "d", kind)

    answer = obey(desk, notice.body, signature=notice.signature(at_s=NOON_S), at=NOON)

    assert (answer.status, code_of(answer)) == (422, "notice.malformed")


def test_an_application_that_comes_after_its_notice_stays_out(world, desk, make_notice):
    manifest, envelope = world.platform.send(world.practise(), at=NOON)
    notice = make_notice("n-1", manifest.disclosure_id)
    obey(desk, notice.body, signature=notice.signature(at_s=NOON_S), at=NOON)

    answer = receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)

    assert (answer.status, code_of(answer)) == (410, "application.withdrawn")
    assert desk.store.list_received() == []


def test_a_late_repetition_after_a_notice_brings_nothing_back(desk, delivered, make_notice):
    manifest, envelope = delivered
    notice = make_notice("n-1", manifest.disclosure_id)
    obey(desk, notice.body, signature=notice.signature(at_s=NOON_S), at=NOON)

    again = receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)

    assert again.status == 409
    assert desk.store.values_of(manifest.disclosure_id) == {}
