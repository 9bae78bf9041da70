from datetime import timedelta

import pytest

from mingdai.errors import Refused
from mingdai.gate.delivering import deliver_due
from mingdai.gate.disclosing import disclose_to_partner, own_view
from mingdai.gate.models import Alias, Disclosure, Envelope, Notice
from mingdai.gate.recalling import end_refused, erase_borrower, withdraw_grant
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.proving import receipt_of
from mingdai.vault.models import SealedField, SubjectKey
from mingdai.words import Reason
from mingdai_proofs.entries import EntryKind
from mingdai_proofs.receipts import Receipt, verify_receipt
from tests.conftest import NOON
from tests.gate.world import NECESSARY, SECOND, give_grant, handover_of, kinds, make_person, publish

LATER = NOON + SECOND


def deliver(given) -> Disclosure:
    row = disclose_to_partner(handover_of(given), at=LATER)
    publish()
    deliver_due(at=LATER)
    return row


def test_a_withdrawal_cancels_what_waits_and_gives_a_termination_receipt(given):
    disclose_to_partner(handover_of(given), at=LATER)

    ended = withdraw_grant(given, at=LATER)

    assert (ended.cancelled, ended.notices) == (1, [])
    assert ended.entry.kind == EntryKind.TERMINATED
    assert Disclosure.objects.get().state == "cancelled"
    assert Envelope.objects.get().sealed is None
    assert kinds() == ["GRANTED", "DISCLOSED", "WITHDRAWN", "TERMINATED"]


def test_a_grant_whose_hand_over_was_refused_ends_without_a_withdrawal(given):
    reason = Reason("recipient.suspended", "not active", "policy", "wait")

    entry = end_refused(given, reason, at=LATER)

    assert kinds() == ["GRANTED", "TERMINATED"]
    given.refresh_from_db()
    assert given.withdrawn_at == LATER
    assert bytes(given.ended_entry_id) == bytes(given.terminated_entry_id) == entry.entry_id
    assert not Notice.objects.exists()
    assert withdraw_grant(given, at=LATER + SECOND).entry == entry
    with pytest.raises(Refused, match=r"consent\.withdrawn"):
        disclose_to_partner(handover_of(given), at=LATER + SECOND)


def test_who_has_a_copy_is_told_to_delete_it_by_a_date(given):
    row = deliver(given)

    ended = withdraw_grant(given, at=LATER)

    assert [(each.disclosure_id, each.kind) for each in ended.notices] == [(row.pk, "withdrawn")]
    notice = Notice.objects.select_related("entry").get()
    assert notice.due_at > LATER
    assert notice.entry.kind == EntryKind.WITHDRAWN


def test_what_was_on_its_way_when_it_was_cancelled_is_told_too(given):
    disclose_to_partner(handover_of(given), at=LATER)
    Disclosure.objects.update(attempts=1)

    assert len(withdraw_grant(given, at=LATER).notices) == 1


def test_a_second_withdrawal_changes_nothing_and_gives_the_same_receipt(given):
    deliver(given)
    first = withdraw_grant(given, at=LATER)

    again = withdraw_grant(given, at=LATER + SECOND)

    assert again.entry.pk == first.entry.pk
    assert len(again.notices) == 1
    assert kinds().count("WITHDRAWN") == 1


def test_the_alias_of_a_withdrawn_grant_ends(lender):
    person = make_person(NECESSARY | {"email"}, mobile="19900000010")
    given = give_grant(person, lender, fields=NECESSARY | {"email"})
    disclose_to_partner(handover_of(given), at=LATER)

    withdraw_grant(given, at=LATER)

    assert Alias.objects.get().ended_at == LATER


def test_erasure_recalls_everything_destroys_the_keys_and_leaves_every_proof_valid(given, borrower):
    row = deliver(given)
    receipt = Receipt.from_json(receipt_of(LedgerEntry.objects.get(pk=row.entry_id)))

    entry = erase_borrower(borrower, at=LATER)
    publish(LATER)

    assert entry.kind == EntryKind.ERASED
    assert verify_receipt(receipt) is None
    entries = LedgerEntry.objects.all()
    assert [verify_receipt(Receipt.from_json(receipt_of(each))) for each in entries] == (
        [None] * len(entries)
    )
    assert SubjectKey.objects.get().wrapped is None
    assert not SealedField.objects.filter(sealed__isnull=False).exists()
    assert Notice.objects.filter(kind="withdrawn").count() == 1
    assert given.__class__.objects.get().withdrawn_at == LATER


def test_an_erased_borrower_is_read_by_nobody(given, borrower):
    erase_borrower(borrower, at=LATER)

    with pytest.raises(Refused, match=r"vault\.erased"):
        own_view(borrower.pk, codes=["name"], session_key="s", at=LATER)
    with pytest.raises(Refused, match=r"consent\.withdrawn"):
        disclose_to_partner(handover_of(given), at=LATER)


def test_a_recipient_whose_grant_had_ended_by_itself_is_told_of_the_erasure(given, borrower):
    deliver(given)
    given.__class__.objects.update(withdrawn_at=NOON)

    erase_borrower(borrower, at=given.expires_at + timedelta(days=1))

    assert [each.kind for each in Notice.objects.all()] == ["erased"]


def test_the_acknowledgement_of_an_erased_borrowers_deletion_is_still_recorded(given, borrower):
    deliver(given)
    erase_borrower(borrower, at=LATER)

    deliver_due(at=LATER)

    assert kinds()[-1] == "NOTICE_ACCEPTED"
    assert Notice.objects.get().acknowledged_at == LATER
