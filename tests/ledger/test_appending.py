import pytest
from django.db import transaction

from mingdai.errors import Invalid, Refused, Unavailable
from mingdai.ledger.appending import append
from mingdai.ledger.models import LedgerEntry
from mingdai_proofs.entries import decode_entry
from tests.ledger.world import NOON, entry_bytes, grow, publish_all, roll_back, submit


def test_an_entry_outside_a_transaction_is_refused(ledger):
    with pytest.raises(Refused, match=r"ledger\.no_transaction"):
        append(entry_bytes(), at=NOON)

    assert not LedgerEntry.objects.exists()


def test_a_rolled_back_transaction_leaves_no_entry(story):
    grow(3)

    roll_back(1)

    assert publish_all() == 0
    assert LedgerEntry.objects.count() == 3


def test_a_committed_entry_is_kept_byte_for_byte_and_waits_for_its_place(story):
    data = entry_bytes()

    with transaction.atomic():
        entry = append(data, at=NOON)

    kept = LedgerEntry.objects.get(pk=entry.pk)
    assert bytes(kept.data) == data
    assert bytes(kept.entry_id) == decode_entry(data).entry_id
    assert kept.index is None


@pytest.mark.parametrize("data", [b"", bytes(512), b"mingdai\x01" + bytes(503)])
def test_bytes_that_are_no_entry_are_refused(ledger, data):
    with transaction.atomic(), pytest.raises(Invalid, match=r"ledger\.entry"):
        append(data, at=NOON)


def test_a_closed_ledger_takes_no_entry(ledger):
    grow(2)
    (ledger / "log-state" / "closed").write_text("ledger.rolled_back: for this test\n")

    with pytest.raises(Unavailable, match=r"ledger\.closed"):
        submit(1)

    assert LedgerEntry.objects.count() == 2
