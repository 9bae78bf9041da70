import base64
import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from mingdai_client.practising import MADE_UP, PracticePlatform
from mingdai_sandbox import relaying
from mingdai_sandbox.configuring import BureauConfig
from mingdai_sandbox.databases import Database
from mingdai_sandbox.relaying import Bureau, Parcel

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)


@pytest.fixture
def make_bureau(world, receiver, tmp_path):
    made = []

    def make(address: str = receiver.url) -> Bureau:
        made.append(httpx.Client(timeout=0.5))
        return Bureau(
            BureauConfig("hengjian", "示例衡鉴征信有限公司", {"yunting-cf": address}),
            manifest_key=base64.b64decode(world.platform.manifest_key),
            database=Database(tmp_path / "bureau.sqlite3", tables=relaying.TABLES),
            client=made[-1],
        )

    yield make
    for client in made:
        client.close()


def parcel(world, **changes) -> Parcel:
    practice = replace(world.practise(), **{"carrier": "hengjian", **changes})
    manifest, envelope = world.platform.send(practice, at=NOON)
    headers = {"Idempotency-Key": manifest.disclosure_id, "Content-Type": "application/json"}
    return Parcel("yunting-cf", "applications", envelope.encode(), headers)


def code_of(answer) -> str:
    return json.loads(answer.body)["code"]


def test_bytes_and_headers_arrive_as_they_were_sent(world, make_bureau, receiver):
    sent = parcel(world)

    answer = make_bureau().relay(sent, clock=lambda: NOON)

    path, headers, body = receiver.calls[0]
    assert (answer.status, answer.body) == (200, b"{}")
    assert (path, body) == ("/applications", sent.body)
    assert headers["Idempotency-Key"] == sent.key


def test_the_bureau_keeps_ids_and_hashes_and_nothing_else(world, make_bureau, tmp_path):
    sent = parcel(world)
    bureau = make_bureau()

    bureau.relay(sent, clock=lambda: NOON)

    files = b"".join(each.read_bytes() for each in tmp_path.glob("bureau.sqlite3*"))
    assert bureau.list_relayed()[0]["key"] == sent.key
    assert b"mingdai-envelope" not in files
    assert not [code for code, value in MADE_UP.items() if value.encode() in files]


def test_an_unknown_lender_is_refused(world, make_bureau, receiver):
    answer = make_bureau().relay(replace(parcel(world), lender="nobody"), clock=lambda: NOON)

    assert (answer.status, code_of(answer)) == (404, "relay.unknown_lender")
    assert receiver.calls == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"recipient": "hexi-sl"}, "relay.other_recipient"),
        ({"carrier": ""}, "relay.other_carrier"),
        ({"carrier": "another"}, "relay.other_carrier"),
    ],
)
def test_what_is_not_addressed_through_it_is_not_relayed(
    world, make_bureau, receiver, changes, code
):
    answer = make_bureau().relay(parcel(world, **changes), clock=lambda: NOON)

    assert (answer.status, code_of(answer), receiver.calls) == (422, code, [])


def test_what_the_platform_did_not_sign_is_not_relayed(world, make_bureau, receiver):
    bureau = make_bureau()
    world.platform = PracticePlatform(b"\x00" * 32, rng=secrets.token_bytes)

    answer = bureau.relay(parcel(world), clock=lambda: NOON)

    assert (answer.status, code_of(answer), receiver.calls) == (422, "manifest.signature", [])


def test_a_lender_that_does_not_answer_is_a_problem_the_platform_retries(world, make_bureau):
    answer = make_bureau("http://127.0.0.1:9").relay(parcel(world), clock=lambda: NOON)

    assert (answer.status, code_of(answer)) == (502, "relay.lender_unreachable")


def test_a_notice_is_passed_on_unread(world, make_bureau, receiver):
    notice = Parcel("yunting-cf", "notices", b"anything", {"Idempotency-Key": "n-1"})

    make_bureau().relay(notice, clock=lambda: NOON)

    assert (receiver.calls[0][0], receiver.calls[0][2]) == ("/notices", b"anything")
    assert receiver.calls[0][1]["Idempotency-Key"] == "n-1"
