import base64
from datetime import timedelta

import pytest

from mingdai.errors import Invalid
from mingdai.gate.delivering import (
    deliver_due,
    take_acknowledgement,
    take_countersignature,
    wire_of,
)
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Disclosure, Envelope, Notice
from mingdai.gate.queueing import LEASE, MAX_ATTEMPTS
from mingdai.gate.recalling import withdraw_grant
from mingdai.partners.models import Partner
from mingdai_client.keying import signing_key
from mingdai_client.signing import acknowledge, countersign
from mingdai_proofs.entries import EntryKind
from mingdai_proofs.merkle import leaf_hash
from tests.conftest import NOON
from tests.gate.world import (
    NECESSARY,
    SECOND,
    SEED,
    give_grant,
    handover_of,
    kinds,
    make_bureau,
    publish,
)
from tests.vault.people import VALUES

LATER = NOON + SECOND
DAY = timedelta(days=1)


@pytest.fixture
def queued(given) -> Disclosure:
    return disclose_to_partner(handover_of(given), at=LATER)


def stored(row: Disclosure) -> Disclosure:
    return Disclosure.objects.select_related("outcome_entry").get(pk=row.pk)


def test_the_lender_verifies_opens_and_countersigns_what_was_recorded(queued, server):
    publish()

    assert deliver_due(at=LATER) == 1

    row = stored(queued)
    opened = server.opened[str(queued.pk)]
    assert dict(opened.fields) == {code: VALUES[code] for code in NECESSARY}
    assert (row.state, row.next_attempt_at, row.sent_at) == ("countersigned", None, LATER)
    assert row.countersignature is not None
    assert kinds() == ["GRANTED", "DISCLOSED", "COUNTERSIGNED"]
    assert Envelope.objects.get().sealed is None


def test_what_was_delivered_is_not_sent_again(queued, server):
    publish()
    deliver_due(at=LATER)

    assert deliver_due(at=LATER + DAY) == 0
    assert len(server.calls) == 1


def test_before_a_checkpoint_covers_the_leaf_nothing_leaves(queued, server):
    assert deliver_due(at=LATER) == 0

    assert server.calls == []
    assert wire_of(Disclosure.objects.select_related("envelope", "entry").get()) is None


def test_the_bureau_relays_the_same_sealed_bytes(borrower, lender, server):
    given = give_grant(borrower, lender, carrier=make_bureau(f"{server.url}/bureau"))
    row = disclose_to_partner(handover_of(given), at=LATER)
    publish()

    deliver_due(at=LATER)

    assert server.calls == ["/bureau/relay/heyan-ml/applications"]
    assert stored(row).state == "countersigned"
    assert [code for code in NECESSARY if VALUES[code].encode() in server.bodies[0]] == []


def test_a_lender_that_fails_is_tried_again_with_growing_pauses_and_gets_it_once(queued, server):
    publish()
    server.mode = "fail"
    deliver_due(at=LATER)
    first = stored(queued)

    assert (first.state, first.attempts, first.last_problem) == ("queued", 1, "http.500")
    assert SECOND <= first.next_attempt_at - LATER <= 2 * SECOND

    server.mode = "ok"
    assert deliver_due(at=LATER) == 0
    assert deliver_due(at=first.next_attempt_at) == 1
    assert stored(queued).state == "countersigned"


def test_after_the_last_attempt_it_is_a_dead_letter_with_an_entry(queued, server):
    publish()
    server.mode = "fail"
    at = LATER
    for _ in range(MAX_ATTEMPTS):
        deliver_due(at=at)
        at += timedelta(hours=2)

    row = stored(queued)
    assert (row.state, row.attempts, row.next_attempt_at) == ("dead", MAX_ATTEMPTS, None)
    assert kinds() == ["GRANTED", "DISCLOSED", "DELIVERY_FAILED"]
    assert Envelope.objects.get().sealed is not None
    assert deliver_due(at=at) == 0


def test_a_lender_that_refuses_for_good_is_not_asked_again(queued, server):
    publish()
    Envelope.objects.update(manifest_signature=bytes(64))

    deliver_due(at=LATER)

    row = stored(queued)
    assert server.refused == ["manifest.signature"]
    assert (row.state, row.last_problem) == ("dead", "http.422")
    assert row.outcome_entry.kind == EntryKind.DELIVERY_FAILED


@pytest.mark.parametrize(
    ("mode", "problem"),
    [("silent", "countersignature.missing"), ("forged", "countersignature.flawed")],
)
def test_without_a_good_countersignature_it_counts_as_delivered_only(queued, server, mode, problem):
    publish()
    server.mode = mode

    deliver_due(at=LATER)

    row = stored(queued)
    assert (row.state, row.last_problem) == ("sent", problem)
    assert row.countersignature is None
    assert row.outcome_entry.kind == EntryKind.DELIVERED


def test_a_countersignature_that_comes_later_is_kept_once(queued, server):
    publish()
    server.mode = "silent"
    deliver_due(at=LATER)
    row = Disclosure.objects.select_related("partner", "entry").get()
    leaf = leaf_hash(bytes(row.entry.data))
    signed = countersign(signing_key(SEED), leaf_hash=leaf, disclosure_id=str(row.pk))

    for _ in range(2):
        take_countersignature(row, countersignature=base64.b64decode(signed), at=LATER + SECOND)

    assert stored(row).state == "countersigned"
    assert kinds() == ["GRANTED", "DISCLOSED", "DELIVERED", "COUNTERSIGNED"]


def test_a_countersignature_over_another_leaf_is_refused(queued):
    row = Disclosure.objects.select_related("partner", "entry").get()
    signed = countersign(signing_key(SEED), leaf_hash=bytes(32), disclosure_id=str(row.pk))

    with pytest.raises(Invalid, match=r"countersignature\.flawed"):
        take_countersignature(row, countersignature=base64.b64decode(signed), at=LATER)


def test_a_grant_withdrawn_while_it_waited_is_never_sent(queued, given, server):
    publish()
    withdraw_grant(given, at=LATER)

    assert deliver_due(at=LATER) == 0

    assert server.calls == []
    assert stored(queued).state == "cancelled"
    assert Envelope.objects.get().sealed is None


def test_a_grant_that_ended_while_it_waited_is_never_sent(queued, given, server):
    publish()

    assert deliver_due(at=given.expires_at) == 0

    assert server.calls == []
    assert (stored(queued).state, stored(queued).last_problem) == ("cancelled", "consent.expired")


def test_to_a_suspended_lender_it_waits(queued, server):
    publish()
    Partner.objects.update(status="suspended")

    assert deliver_due(at=LATER) == 0

    assert server.calls == []
    assert (stored(queued).state, stored(queued).last_problem) == ("queued", "recipient.suspended")


def test_a_row_whose_process_died_is_sent_by_the_next_run_after_its_lease(queued, server):
    publish()
    Disclosure.objects.update(attempts=1, next_attempt_at=LATER + LEASE)

    assert deliver_due(at=LATER) == 0
    assert deliver_due(at=LATER + LEASE) == 1
    assert stored(queued).state == "countersigned"


def test_an_outcome_lost_after_the_lender_took_it_is_made_up_by_a_duplicate(queued, server):
    publish()
    sealed = bytes(Envelope.objects.get().sealed)
    deliver_due(at=LATER)
    Disclosure.objects.update(state="queued", next_attempt_at=LATER, outcome_entry=None)
    Envelope.objects.update(sealed=sealed)

    deliver_due(at=LATER)

    assert len(server.calls) == 2
    assert list(server.opened) == [str(queued.pk)]
    assert stored(queued).state == "countersigned"


def test_a_withdrawal_is_told_to_the_lender_and_its_acknowledgement_is_an_entry(
    queued, given, server
):
    publish()
    deliver_due(at=LATER)
    withdraw_grant(given, at=LATER + SECOND)

    assert deliver_due(at=LATER + SECOND) == 1

    notice = Notice.objects.get()
    assert server.calls[-1] == "/lenders/heyan-ml/notices"
    assert (notice.acknowledged_at, notice.next_attempt_at) == (LATER + SECOND, None)
    assert kinds()[-3:] == ["WITHDRAWN", "TERMINATED", "NOTICE_ACCEPTED"]


def test_a_notice_without_an_acknowledgement_is_sent_again(queued, given, server):
    publish()
    deliver_due(at=LATER)
    withdraw_grant(given, at=LATER)
    server.mode = "silent"

    deliver_due(at=LATER)

    notice = Notice.objects.get()
    assert notice.sent_at == LATER
    assert notice.acknowledged_at is None
    assert notice.next_attempt_at > LATER


def test_an_acknowledgement_that_comes_later_is_kept_and_another_is_refused(queued, given, server):
    publish()
    deliver_due(at=LATER)
    withdraw_grant(given, at=LATER)
    notice = Notice.objects.select_related("partner", "disclosure").get()
    signed = acknowledge(
        signing_key(SEED), notice_id=str(notice.pk), disclosure_id=str(notice.disclosure_id)
    )

    with pytest.raises(Invalid, match=r"acknowledgement\.flawed"):
        take_acknowledgement(notice, acknowledgement=bytes(64), at=LATER)
    take_acknowledgement(notice, acknowledgement=base64.b64decode(signed), at=LATER)

    assert Notice.objects.get().acknowledged_at == LATER
