"""Placing: committed entries get their index; and what is placed is read back, in order.

Indices are consecutive from 0.  Within a batch the order is drawn at random, so that neighbours
in the log say nothing about who acted after whom.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from django.db import connection
from django.db.models import Exists

from mingdai.errors import Tampered
from mingdai.ledger.models import LedgerEntry

BATCH = 1024
"""Entries in one round: four full bundles."""

Shuffle = Callable[[list[tuple[int, bytes]]], None]
"""Reorders (row id, entry bytes) pairs in place."""

shuffle_securely: Shuffle = random.SystemRandom().shuffle

_PLACED = LedgerEntry.objects.filter(index__isnull=False)
_WAITING = LedgerEntry.objects.filter(index__isnull=True)


def placed_size() -> int:
    """How many entries have an index."""
    newest = _PLACED.order_by("-index").values_list("index", flat=True).first()
    return 0 if newest is None else int(newest) + 1


def is_all_covered(covered: int) -> bool:
    """Whether nothing waits and the published size `covered` is the placed size: one query."""
    newest = (
        _PLACED.annotate(waits=Exists(_WAITING)).order_by("-index").values_list("index", "waits")
    ).first()
    if newest is None:
        return covered == 0 and not _WAITING.exists()
    index, waits = newest
    return not waits and index is not None and index + 1 == covered


def count_pending(covered: int) -> int:
    """Committed entries that no published checkpoint covers."""
    return _WAITING.count() + max(0, placed_size() - covered)


def place_waiting(start: int, shuffle: Shuffle) -> list[bytes]:
    """Give the oldest waiting entries, 1,024 at most, the indices from `start`; their bytes.

    Call inside the transaction that holds the lease.
    """
    rows = [
        (key, bytes(data))
        for key, data in _WAITING.order_by("pk").values_list("pk", "data")[:BATCH]
    ]
    if not rows:
        return []
    shuffle(rows)
    pairs = [number for place, row in enumerate(rows, start) for number in (row[0], place)]
    values = ", ".join(["(%s, %s)"] * len(rows))
    # The ORM's bulk_update writes one CASE over all rows, which is several times slower.
    statement = (
        f"WITH placed (id, place) AS (VALUES {values}) "  # noqa: S608 - only placeholders
        'UPDATE ledger_ledgerentry SET "index" = placed.place FROM placed '
        "WHERE ledger_ledgerentry.id = placed.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, pairs)
    return [data for _, data in rows]


def entries_from(start: int, limit: int) -> list[bytes]:
    """The placed entries from index `start`, `limit` at most; raises Tampered for a gap."""
    rows = _PLACED.filter(index__gte=start).order_by("index").values_list("index", "data")[:limit]
    found = []
    for expected, (index, data) in enumerate(rows, start):
        if index != expected:
            raise Tampered(code="ledger.gap", reason=f"no entry has index {expected}")
        found.append(bytes(data))
    return found
