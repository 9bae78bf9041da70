"""What one made-up lender keeps: its own SQLite file, as a real lender has its own database.

An application, its decision and the events to send are one transaction, written before the lender
answers: a delivery is processed once however often it arrives and whenever the process is killed.
After a notice the values are gone from the file, and what stays is that it was there and deleted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mingdai_sandbox import queueing
from mingdai_sandbox.databases import Database
from mingdai_sandbox.queueing import Outgoing

TABLES = """
CREATE TABLE IF NOT EXISTS application (
    disclosure_id TEXT PRIMARY KEY, application_id TEXT NOT NULL, product_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL, term INTEGER NOT NULL, term_unit TEXT NOT NULL,
    digest TEXT NOT NULL, leaf_hash TEXT NOT NULL, countersignature TEXT NOT NULL,
    codes TEXT NOT NULL, magic TEXT NOT NULL, received_at TEXT NOT NULL, deleted_at TEXT);
CREATE TABLE IF NOT EXISTS field (
    disclosure_id TEXT NOT NULL, code TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (disclosure_id, code));
CREATE TABLE IF NOT EXISTS delivery (
    disclosure_id TEXT PRIMARY KEY, attempts INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS notice (
    notice_id TEXT PRIMARY KEY, disclosure_id TEXT NOT NULL, kind TEXT NOT NULL,
    acknowledgement TEXT NOT NULL, at TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Received:
    """An application a lender took in.  `digest` names the sealed bytes; `codes` the fields."""

    disclosure_id: str
    application_id: str
    product_id: str
    amount_fen: int
    term: int
    term_unit: str
    digest: str
    leaf_hash: str
    countersignature: str
    codes: tuple[str, ...]
    magic: str
    received_at: datetime
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """A notice that a grant ended, and the acknowledgement a lender gives to it."""

    notice_id: str
    disclosure_id: str
    kind: str
    acknowledgement: str
    at: datetime


class LenderStore:
    """One lender's applications in its file; any thread may call."""

    def __init__(self, database: Database) -> None:
        """Read and write the applications of this file."""
        self._database = database

    def count_attempt(self, disclosure_id: str) -> int:
        """Write down one more delivery under this key; which one it is, from 1."""
        with self._database.writing() as db:
            row = db.execute(
                "INSERT INTO delivery VALUES (?, 1) ON CONFLICT (disclosure_id)"
                " DO UPDATE SET attempts = attempts + 1 RETURNING attempts",
                (disclosure_id,),
            ).fetchone()
        return int(row[0])

    def find(self, disclosure_id: str) -> Received | None:
        """The application taken in under this key."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT * FROM application WHERE disclosure_id = ?", (disclosure_id,)
            ).fetchone()
        return _received(row) if row else None

    def take_in(
        self, received: Received, *, values: Mapping[str, str], events: Sequence[Outgoing]
    ) -> bool:
        """Keep an application, its values and its events; False if that was done before."""
        with self._database.writing() as db:
            done = db.execute(
                "INSERT OR IGNORE INTO application"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                _row(received),
            )
            if not done.rowcount:
                return False
            db.executemany(
                "INSERT INTO field VALUES (?, ?, ?)",
                [(received.disclosure_id, code, value) for code, value in values.items()],
            )
            queueing.queue(db, events)
        return True

    def delete_values(self, deletion: Deletion) -> str:
        """Forget an application's values and cancel its events; the acknowledgement given.

        A notice that comes again is answered as the first time.
        """
        at = deletion.at.isoformat()
        with self._database.writing() as db:
            db.execute(
                "INSERT OR IGNORE INTO notice VALUES (?, ?, ?, ?, ?)",
                (
                    deletion.notice_id,
                    deletion.disclosure_id,
                    deletion.kind,
                    deletion.acknowledgement,
                    at,
                ),
            )
            db.execute("DELETE FROM field WHERE disclosure_id = ?", (deletion.disclosure_id,))
            db.execute(
                "UPDATE application SET deleted_at = ? WHERE disclosure_id = ?"
                " AND deleted_at IS NULL",
                (at, deletion.disclosure_id),
            )
            queueing.cancel(db, deletion.disclosure_id, at_s=deletion.at.timestamp())
            row = db.execute(
                "SELECT acknowledgement FROM notice WHERE notice_id = ?", (deletion.notice_id,)
            ).fetchone()
        self._database.forget()
        return str(row[0])

    def is_withdrawn(self, disclosure_id: str) -> bool:
        """Whether a notice about this disclosure has arrived."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT 1 FROM notice WHERE disclosure_id = ?", (disclosure_id,)
            ).fetchone()
        return row is not None

    def list_received(self) -> list[Received]:
        """Every application taken in, the newest first."""
        with self._database.reading() as db:
            rows = db.execute("SELECT * FROM application ORDER BY received_at DESC").fetchall()
        return [_received(row) for row in rows]

    def values_of(self, disclosure_id: str) -> dict[str, str]:
        """The values still kept of this application; empty after a notice."""
        with self._database.reading() as db:
            return dict(
                db.execute(
                    "SELECT code, value FROM field WHERE disclosure_id = ?", (disclosure_id,)
                ).fetchall()
            )

    def deliveries_of(self, disclosure_id: str) -> int:
        """How often this application arrived."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT attempts FROM delivery WHERE disclosure_id = ?", (disclosure_id,)
            ).fetchone()
        return int(row[0]) if row else 0


def _row(received: Received) -> tuple[object, ...]:
    return (
        received.disclosure_id,
        received.application_id,
        received.product_id,
        received.amount_fen,
        received.term,
        received.term_unit,
        received.digest,
        received.leaf_hash,
        received.countersignature,
        json.dumps(received.codes),
        received.magic,
        received.received_at.isoformat(),
    )


def _received(row: Sequence[object]) -> Received:
    texts = [str(each) for each in row]
    return Received(
        disclosure_id=texts[0],
        application_id=texts[1],
        product_id=texts[2],
        amount_fen=int(texts[3]),
        term=int(texts[4]),
        term_unit=texts[5],
        digest=texts[6],
        leaf_hash=texts[7],
        countersignature=texts[8],
        codes=tuple(json.loads(texts[9])),
        magic=texts[10],
        received_at=datetime.fromisoformat(texts[11]),
        deleted_at=datetime.fromisoformat(texts[12]) if row[12] else None,
    )
