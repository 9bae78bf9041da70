"""Show one borrower the bulk reads they are in, and prove it: the own record and its path.

A record begins with the person's own tag of the read's entry, so it is found by the person's key
and by nothing else.  Who was erased has no key, and is in no read that anybody could show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mingdai.accounts.models import Borrower
from mingdai.errors import Refused
from mingdai.gate.models import BulkRead
from mingdai.ledger.proving import covered_size
from mingdai.vault.committing import subject_tag_for
from mingdai_proofs.encodings import encode_base64
from mingdai_proofs.merkle import inclusion_path, leaf_hashes, pair_hashes

RECORD_BYTES = 64
FORMAT = "mingdai-bulk-record/1"
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Inclusion:
    """One bulk read that a borrower is in; `index` is the place of the record in the set."""

    read_id: UUID
    at: datetime
    fields: tuple[str, ...]
    case: str
    count: int
    index: int
    entry_id: bytes
    is_provable: bool


def bulk_reads_of(borrower: Borrower) -> list[Inclusion]:
    """The latest bulk reads that this borrower is in, newest first."""
    rows = BulkRead.objects.filter(disclosed_at__gte=borrower.created_at, count__gt=0)
    rows = rows.select_related("entry", "records").order_by("-disclosed_at")[:SHOWN]
    covered = covered_size()
    found = ((row, _place(row, borrower)) for row in rows)
    return [_inclusion(row, place, covered) for row, place in found if place is not None]


def inclusion_file(read_id: UUID, borrower: Borrower) -> dict[str, object]:
    """What proves it, with the read's receipt: record, path, and what opens the entry's detail.

    Raises Refused `bulk.not_in` for a read that this borrower is not in.
    """
    row = BulkRead.objects.select_related("entry", "records").filter(pk=read_id).first()
    place = None if row is None else _place(row, borrower)
    if row is None or place is None:
        raise Refused(
            code="bulk.not_in",
            reason=f"no bulk read {read_id} has a record of this borrower",
            remedy="see the list of reads first",
        )
    records = _records(row)
    levels = _levels(records)
    path = inclusion_path(place, len(records), lambda level, index: levels[level][index])
    return {
        "format": FORMAT,
        "entry": encode_base64(bytes(row.entry.data)),
        "detail": {"facts": row.facts, "key": encode_base64(bytes(row.detail_key))},
        "record": encode_base64(records[place]),
        "index": place,
        "count": row.count,
        "path": [encode_base64(each) for each in path],
    }


def _inclusion(row: BulkRead, place: int, covered: int) -> Inclusion:
    index = row.entry.index
    return Inclusion(
        read_id=row.pk,
        at=row.disclosed_at,
        fields=tuple(row.fields),
        case=str(row.facts["case"]),
        count=row.count,
        index=place,
        entry_id=bytes(row.entry.entry_id),
        is_provable=index is not None and index < covered,
    )


def _place(row: BulkRead, borrower: Borrower) -> int | None:
    """Where the record with the borrower's tag is in the ascending records, if it is."""
    try:
        tag = subject_tag_for(borrower.pk, bytes(row.entry.entry_id))
    except Refused:
        return None
    data = bytes(row.records.data)
    low, high = 0, len(data) // RECORD_BYTES
    while low < high:
        middle = (low + high) // 2
        if data[middle * RECORD_BYTES : middle * RECORD_BYTES + len(tag)] < tag:
            low = middle + 1
        else:
            high = middle
    return low if data[low * RECORD_BYTES :].startswith(tag) else None


def _records(row: BulkRead) -> list[bytes]:
    data = bytes(row.records.data)
    return [data[at : at + RECORD_BYTES] for at in range(0, len(data), RECORD_BYTES)]


def _levels(records: Sequence[bytes]) -> list[list[bytes]]:
    """Complete nodes of the tree by level, leaves first."""
    levels = [leaf_hashes(records)]
    while len(levels[-1]) > 1:
        levels.append(pair_hashes(levels[-1]))
    return levels
