import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mingdai.errors import Tampered
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.placing import (
    BATCH,
    count_pending,
    entries_from,
    is_all_covered,
    place_waiting,
    placed_size,
    shuffle_securely,
)
from tests.ledger.world import submit


def place(start, shuffle=shuffle_securely):
    with transaction.atomic():
        return place_waiting(start, shuffle)


def test_a_batch_gets_consecutive_indices_in_the_order_it_was_shuffled_into(ledger):
    rows = submit(10)

    placed = place(0, lambda batch: batch.reverse())

    assert placed == [bytes(row.data) for row in reversed(rows)]
    assert entries_from(0, 100) == placed
    assert placed_size() == 10


def test_a_shuffle_keeps_every_entry_once(ledger):
    rows = submit(200)

    placed = place(0)

    assert sorted(placed) == sorted(bytes(row.data) for row in rows)
    assert placed != [bytes(row.data) for row in rows]


def test_the_oldest_go_first_and_a_batch_is_never_larger_than_its_limit(ledger):
    rows = submit(BATCH + 5)

    first, second = place(0), place(BATCH)

    assert sorted(second) == sorted(bytes(row.data) for row in rows[BATCH:])
    assert len(first) == BATCH
    assert place(BATCH + 5) == []


def test_a_gap_among_the_placed_is_an_alarm(ledger):
    submit(5)
    place(0)
    LedgerEntry.objects.get(index=2).delete()

    with pytest.raises(Tampered, match=r"ledger\.gap"):
        entries_from(0, 10)


def test_an_idle_look_is_one_indexed_query(ledger):
    submit(5)
    place(0)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert is_all_covered(5)

    assert len(queries) == 1
    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute("SET enable_seqscan = off" if connection.vendor != "sqlite" else "SELECT 1")
        cursor.execute(f"{explain} {queries[0]['sql']}")
        plan = str(cursor.fetchall())
        cursor.execute("RESET enable_seqscan" if connection.vendor != "sqlite" else "SELECT 1")
    assert "INDEX" in plan or "Index" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_pending_counts_what_no_checkpoint_covers(ledger):
    assert is_all_covered(0)
    submit(3)
    assert not is_all_covered(0)
    place(0)
    submit(2)

    assert count_pending(0) == 5
    assert count_pending(3) == 2
    assert not is_all_covered(3)
