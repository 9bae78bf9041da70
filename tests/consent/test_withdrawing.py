from mingdai.consent.models import Grant
from mingdai.consent.withdrawing import withdraw
from mingdai.ledger.models import LedgerEntry
from mingdai_proofs.entries import EntryKind, decode_entry
from tests.conftest import NOON
from tests.gate.world import SECOND, kinds


def test_a_withdrawal_is_a_time_and_an_entry(given):
    assert withdraw(given, at=NOON + SECOND) is True

    stored = Grant.objects.get()
    assert stored.withdrawn_at == given.withdrawn_at == NOON + SECOND
    entry = LedgerEntry.objects.get(entry_id=stored.ended_entry_id)
    assert decode_entry(bytes(entry.data)).kind is EntryKind.WITHDRAWN


def test_what_was_withdrawn_before_stays_as_it_was(given):
    withdraw(given, at=NOON)

    assert withdraw(given, at=NOON + SECOND) is False
    assert Grant.objects.get().withdrawn_at == NOON
    assert kinds() == ["GRANTED", "WITHDRAWN"]
