import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mingdai_client.practising import MADE_UP, PracticePlatform, tamper
from mingdai_client.signing import is_countersignature
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.receipts import Receipt
from mingdai_sandbox.deciding import Magic
from mingdai_sandbox.receiving import describe, receive
from mingdai_sandbox.repaying import Payment
from mingdai_sandbox.serving import build_town

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
PAYMENTS = [
    Payment(date(2026, 4, 30), 500_000, 6_000).as_json(),
    Payment(date(2026, 5, 31), 500_000, 3_000, 100).as_json(),
]
QUOTED = {"net_received_fen": 990_000, "payments": PAYMENTS}


@pytest.fixture
def town(world):
    return build_town(world.config, port=1)


@pytest.fixture
def desk(town):
    return town.desks["yunting-cf"]


def deliver(world, desk, practice):
    manifest, envelope = world.platform.send(practice, at=NOON)
    answer = receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)
    return manifest, envelope, answer


def code_of(answer) -> str:
    return json.loads(answer.body)["code"]


def test_an_application_is_taken_in_and_countersigned(world, desk):
    manifest, envelope, answer = deliver(world, desk, world.practise())

    assert answer.status == 202
    assert desk.store.values_of(manifest.disclosure_id) == MADE_UP
    assert is_countersignature(
        json.loads(answer.body)["countersignature"],
        public=world.signing_public,
        leaf_hash=leaf_hash(envelope.receipt.entry),
        disclosure_id=manifest.disclosure_id,
    )


def test_the_same_delivery_again_gets_the_same_countersignature(world, desk):
    manifest, envelope, first = deliver(world, desk, world.practise())

    again = receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)

    assert again.status == 409
    assert again.body == first.body
    assert len(desk.store.list_received()) == 1
    assert desk.store.deliveries_of(manifest.disclosure_id) == 2


def test_a_key_used_for_other_bytes_is_refused(world, desk):
    manifest, envelope, _ = deliver(world, desk, world.practise())

    answer = receive(desk, tamper(envelope).encode(), key=manifest.disclosure_id, at=NOON)

    assert (answer.status, code_of(answer)) == (422, "idempotency.other_body")


def test_a_key_that_is_not_the_disclosure_is_refused(world, desk):
    _, envelope = world.platform.send(world.practise(), at=NOON)

    answer = receive(desk, envelope.encode(), key="another", at=NOON)

    assert (answer.status, code_of(answer)) == (400, "idempotency.other_key")


def test_an_application_that_is_not_in_the_ledger_is_refused(world, desk):
    manifest, envelope, entry = world.platform.seal(world.practise(), at=NOON)
    other = world.platform.log(world.platform.seal(world.practise(), at=NOON)[2])
    unlogged = envelope.with_receipt(Receipt(entry, other.proof, other.policy))

    answers = [
        receive(desk, each.encode(), key=manifest.disclosure_id, at=NOON)
        for each in (envelope, unlogged)
    ]

    assert [each.status for each in answers] == [422, 422]
    assert [code_of(each) for each in answers] == ["receipt.missing", "receipt.not_covered"]
    assert desk.store.list_received() == []


def test_a_forged_receipt_is_refused(world, desk):
    manifest, envelope, entry = world.platform.seal(world.practise(), at=NOON)
    stranger = PracticePlatform(b"\x00" * 32, rng=lambda count: bytes(count))

    forged = envelope.with_receipt(stranger.log(entry))
    answer = receive(desk, forged.encode(), key=manifest.disclosure_id, at=NOON)

    assert (answer.status, code_of(answer)) == (422, "receipt.not_covered")


def test_an_application_to_another_lender_is_refused(world, town):
    manifest, envelope = world.platform.send(world.practise(), at=NOON)

    answer = receive(town.desks["hexi-sl"], envelope.encode(), key=manifest.disclosure_id, at=NOON)

    assert (answer.status, code_of(answer)) == (422, "entry.other_recipient")


def test_what_is_no_envelope_is_refused(desk):
    answer = receive(desk, b"[]", key="x", at=NOON)

    assert (answer.status, code_of(answer)) == (422, "envelope.malformed")


@pytest.mark.parametrize("amount", ["0", "-5.00", "1.001", "NaN", "Infinity", "x", "1e99999999"])
def test_an_amount_that_no_loan_has_is_refused(world, desk, amount):
    practice = replace(world.practise(), amount=amount)
    manifest, envelope = world.platform.send(practice, at=NOON)

    answer = receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)

    assert (answer.status, code_of(answer)) == (422, "manifest.amount")


def test_failing_once_processes_nothing_the_first_time(world, desk):
    manifest, envelope, first = deliver(world, desk, world.practise(10_004))
    kept = desk.store.list_received()

    second = receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)

    assert (first.status, kept, second.status) == (500, [], 202)


def test_timing_out_takes_it_in_before_holding_the_answer(world, desk):
    manifest, envelope, first = deliver(world, desk, world.practise(10_003))

    again = receive(desk, envelope.encode(), key=manifest.disclosure_id, at=NOON)

    assert (first.status, first.hold_s) == (202, 30)
    assert (again.status, again.hold_s) == (409, 0)
    assert len(desk.store.list_received()) == 1


def test_an_approval_repeats_the_quoted_cash_flow(world, desk, town):
    deliver(world, desk, world.practise(10_000, quoted=QUOTED, term=2))

    events = _events(town)
    approved, disbursed = events["approved"]["data"], events["disbursed"]["data"]
    assert approved["payments"] == PAYMENTS
    assert (approved["amount_fen"], approved["net_fen"]) == (1_000_000, 990_000)
    assert disbursed["net_fen"] == 990_000


@pytest.mark.parametrize(
    "quoted", [{"payments": 5}, {"payments": [{}]}, {"payments": [{"due_on": "x"}]}, {"x": "y"}]
)
def test_a_quote_in_another_form_is_not_used(world, desk, town, quoted):
    deliver(world, desk, world.practise(10_000, quoted=quoted, term=2))

    assert len(_events(town)["approved"]["data"]["payments"]) == 2


def test_a_quote_that_does_not_repay_the_amount_is_not_used(world, desk, town):
    deliver(world, desk, world.practise(20_000, quoted=QUOTED, term=6))

    assert len(_events(town)["approved"]["data"]["payments"]) == 6


@pytest.mark.parametrize("ending", range(10))
def test_every_ending_gives_events_that_can_be_signed_and_sent(world, desk, town, ending):
    for _ in range(2):
        deliver(world, desk, world.practise(10_000 + ending))

    assert "received" in _events(town) or ending == 4


def test_duplicate_events_share_their_id(world, desk, town):
    deliver(world, desk, world.practise(10_005))
    outbox, seen = town.outboxes["yunting-cf"], []
    while due := outbox.next_due(NOON.timestamp() + 60):
        seen.append(due[0])
        outbox.finish(due[0].seq, at_s=0, answer="200")

    assert [each.kind for each in seen[:4]] == ["received", "received", "approved", "approved"]
    assert seen[0].event_id == seen[1].event_id != seen[2].event_id
    assert seen[0].body == seen[1].body


def test_the_description_shows_codes_and_no_values(world, desk, town):
    deliver(world, desk, world.practise())

    text = json.dumps(describe(desk.store, town.outboxes["yunting-cf"]), ensure_ascii=False)

    found = json.loads(text)["applications"][0]
    assert not [code for code, value in MADE_UP.items() if value in text]
    assert (found["codes"], found["values_kept"]) == (list(MADE_UP), len(MADE_UP))
    assert found["magic"] == Magic.APPROVE
    assert "countersignature" not in found


def _events(town) -> dict[str, dict]:
    outbox, found = town.outboxes["yunting-cf"], {}
    while due := outbox.next_due(NOON.timestamp() + 3600):
        found[due[0].kind] = json.loads(due[0].body)
        outbox.finish(due[0].seq, at_s=0, answer="200")
    return found


def test_a_strict_lender_refuses_a_form_it_cannot_read_and_keeps_nothing(world):
    world.raw["lenders"][0]["strict"] = {"id_valid_until": r"\d{4}\.\d{2}\.\d{2}"}
    desk = build_town(world.config, port=1).desks["yunting-cf"]

    manifest, _, answer = deliver(world, desk, world.practise())

    assert (answer.status, code_of(answer)) == (422, "field.format")
    assert MADE_UP["id_valid_until"] not in answer.body.decode()
    assert desk.store.find(manifest.disclosure_id) is None


def test_a_strict_lender_takes_the_form_it_reads(world):
    world.raw["lenders"][0]["strict"] = {"name": r"\w+", "amount": r"[0-9]+\.[0-9]{2}"}
    desk = build_town(world.config, port=1).desks["yunting-cf"]

    assert deliver(world, desk, world.practise())[2].status == 202
