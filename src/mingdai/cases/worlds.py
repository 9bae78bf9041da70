"""The product's own database as a world that lists are judged against: everybody, and who had whom.

The tables are Parquet in memory, in the form of docs/trace.md#files; people are numbers drawn for
this one run.  A person's versions change with any field that was opened, and with the amount asked
for.  Recipients are partners and employees; borrowers' own views are nobody's copy.
"""

from __future__ import annotations

import bisect
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq

from mingdai.gate.comparing import Version, read_everybody
from mingdai.gate.decoying import list_decoys
from mingdai.gate.models import BulkRead, Disclosure
from mingdai.loans.models import Application
from mingdai.trace.contacting import LEFT
from mingdai.trace.reading.holding import held
from mingdai.vault.validating import age_on
from mingdai.words import ActorId, RecipientKind

MOST_VERSIONS = 127
_BATCH = 20_000
_DAY_0 = date(2023, 1, 1)
_BITS = {"name": 1, "mobile": 2, "id_number": 4, "address": 8}
_APPLIED = 16 | 32
"""A partner's copy says the amount and when it was sent."""

_PEOPLE = pa.schema([
    ("borrower_id", pa.int64()), ("version", pa.int8()), ("valid_from_day", pa.int32()),
    ("name", pa.string()), ("mobile", pa.string()), ("id_no", pa.string()),
    ("address", pa.string()), ("city", pa.string()), ("age", pa.int64()), ("amount", pa.int64()),
    ("joined", pa.timestamp("us")),
])  # fmt: skip
_LEDGER = pa.schema([
    ("disclosure_id", pa.int64()), ("ts", pa.timestamp("us")), ("partner_id", pa.string()),
    ("borrower_id", pa.int64()), ("version", pa.int8()), ("fields", pa.int16()),
    ("randomised", pa.int8()), ("propensity", pa.float64()), ("decoy", pa.int8()),
])  # fmt: skip


@dataclass(slots=True)
class People:
    """Everybody of the read: a number for each, and when their versions began."""

    numbers: dict[UUID, int] = field(default_factory=dict)
    began: list[list[datetime]] = field(default_factory=list)

    def add(self, borrower_id: UUID, began: list[datetime]) -> int:
        """The number of one more person."""
        self.numbers[borrower_id] = len(self.began)
        self.began.append(began)
        return len(self.began) - 1

    def version(self, number: int, at: datetime) -> int:
        """The version that was current at `at`."""
        return max(0, bisect.bisect_right(self.began[number], at) - 1)


@dataclass(frozen=True, slots=True)
class Files:
    """Borrowers and ledger as files, how many disclosures, and who each number is."""

    borrowers: Path
    ledger: Path
    copies: int
    people: Mapping[int, UUID]


@contextmanager
def world_files(read: BulkRead) -> Iterator[Files]:
    """The world as files in memory until the block ends."""
    people = People()
    borrowers = _table(_person_rows(read, people), _PEOPLE)
    ledger = _table(_ledger_rows(read, people), _LEDGER)
    with held(_parquet(borrowers)) as one, held(_parquet(ledger)) as other:
        yield Files(one, other, ledger.num_rows, {v: k for k, v in people.numbers.items()})


def _person_rows(read: BulkRead, people: People) -> Iterator[dict[str, object]]:
    """One row for each person and version; first those with fields, then those without."""
    amounts = _amounts(read.disclosed_at)
    for opened in read_everybody(read):
        yield from _versions(opened.borrower_id, opened.versions, amounts, people)
    for borrower_id in _holders_known(read.disclosed_at):
        if borrower_id not in people.numbers:
            yield from _versions(borrower_id, (), amounts, people)


def _versions(
    borrower_id: UUID,
    fields: Iterable[Version],
    amounts: Mapping[UUID, list[tuple[datetime, int]]],
    people: People,
) -> Iterator[dict[str, object]]:
    history: dict[str, list[tuple[datetime, object]]] = defaultdict(list)
    for each in fields:
        history[each.code].append((each.kept_at, each.value))
    history["amount"] += amounts.get(borrower_id, [])
    began = sorted({at for rows in history.values() for at, _ in rows})[-MOST_VERSIONS:]
    number = people.add(borrower_id, began)
    for version, at in enumerate(began or [datetime(2023, 1, 1, tzinfo=UTC)]):
        now = {code: _current(rows, at) for code, rows in history.items()}
        yield _row(number, version, at, now, (began or [at])[0])


def _current(rows: list[tuple[datetime, object]], at: datetime) -> object:
    return next((value for kept_at, value in reversed(rows) if kept_at <= at), None)


def _row(
    number: int, version: int, at: datetime, now: Mapping[str, object], joined: datetime
) -> dict[str, object]:
    id_no = now.get("id_number")
    return {
        "borrower_id": number,
        "version": version,
        "valid_from_day": (at.date() - _DAY_0).days,
        "name": now.get("name"),
        "mobile": now.get("mobile"),
        "id_no": id_no,
        "address": now.get("address"),
        "city": now.get("address"),
        "age": age_on(str(id_no), at.date()) if id_no else None,
        "amount": now.get("amount"),
        "joined": joined.astimezone(UTC).replace(tzinfo=None),
    }


def _amounts(until: datetime) -> dict[UUID, list[tuple[datetime, int]]]:
    """What each borrower asked for, in yuan, and when; drafts never left."""
    found: dict[UUID, list[tuple[datetime, int]]] = defaultdict(list)
    rows = Application.objects.filter(disclosure__isnull=False, created_at__lte=until)
    for borrower_id, at, fen in rows.order_by("created_at").values_list(
        "borrower_id", "created_at", "amount_fen"
    ):
        found[borrower_id].append((at, fen // 100))
    return found


def _disclosed(until: datetime) -> Iterator[tuple[UUID, str, str, list[str], datetime]]:
    rows = Disclosure.objects.filter(LEFT, disclosed_at__lte=until).exclude(
        recipient_kind=RecipientKind.BORROWER
    )
    names = ("borrower_id", "recipient_kind", "recipient_id", "fields", "disclosed_at")
    yield from rows.order_by("disclosed_at", "pk").values_list(*names).iterator(chunk_size=2000)


def _holders_known(until: datetime) -> Iterator[UUID]:
    return (borrower_id for borrower_id, *_ in _disclosed(until))


def _ledger_rows(read: BulkRead, people: People) -> Iterator[dict[str, object]]:
    asked_by = ActorId(read.recipient_id)
    decoys = {UUID(each.borrower) for each in list_decoys(asked_by=asked_by)}
    for count, (borrower_id, kind, recipient, codes, at) in enumerate(
        _disclosed(read.disclosed_at)
    ):
        number = people.numbers[borrower_id]
        given = sum(bit for code, bit in _BITS.items() if code in codes)
        yield {
            "disclosure_id": count,
            "ts": at.astimezone(UTC).replace(tzinfo=None),
            "partner_id": recipient,
            "borrower_id": number,
            "version": people.version(number, at),
            "fields": given | (_APPLIED if kind == RecipientKind.PARTNER else 0),
            "randomised": 0,
            "propensity": 1.0,
            "decoy": int(borrower_id in decoys),
        }


def _table(rows: Iterator[dict[str, object]], schema: pa.Schema) -> pa.Table:
    """The rows by columns, some at a time: a million dictionaries would be large."""
    batches = []
    while some := list(islice(rows, _BATCH)):
        batches.append(pa.RecordBatch.from_pylist(some, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def _parquet(table: pa.Table) -> Iterator[bytes]:
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    yield buffer.getvalue()
