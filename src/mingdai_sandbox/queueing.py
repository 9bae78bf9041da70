"""The events a made-up lender has still to send, in its own file; a restart loses none.

Events of one application leave in order: the next is due only when the one before is done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from mingdai_sandbox.databases import Database

TABLES = """
CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY, event_id TEXT NOT NULL, disclosure_id TEXT NOT NULL,
    kind TEXT NOT NULL, body BLOB NOT NULL, due_at REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, done_at REAL, answer TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS outbox_open ON outbox (disclosure_id, seq) WHERE done_at IS NULL;
"""
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event to send: `body` is the exact bytes that are signed, `due_at` POSIX seconds."""

    event_id: str
    disclosure_id: str
    kind: str
    body: bytes
    due_at: float
    seq: int = 0
    attempts: int = 0


def queue(db: sqlite3.Connection, events: Iterable[Outgoing]) -> None:
    """Add events inside the caller's transaction, in their order."""
    db.executemany(
        "INSERT INTO outbox (event_id, disclosure_id, kind, body, due_at) VALUES (?, ?, ?, ?, ?)",
        [(e.event_id, e.disclosure_id, e.kind, e.body, e.due_at) for e in events],
    )


def cancel(db: sqlite3.Connection, disclosure_id: str, *, at_s: float) -> None:
    """Send nothing more about this disclosure, inside the caller's transaction."""
    db.execute(
        "UPDATE outbox SET done_at = ?, answer = ? WHERE disclosure_id = ? AND done_at IS NULL",
        (at_s, CANCELLED, disclosure_id),
    )


class Outbox:
    """The queue in one lender's file."""

    def __init__(self, database: Database) -> None:
        """Read and write the queue of this file."""
        self._database = database

    def next_due(self, now_s: float) -> list[Outgoing]:
        """The earliest event not yet done of each application, where its time has come."""
        with self._database.reading() as db:
            rows = db.execute(
                "SELECT event_id, disclosure_id, kind, body, due_at, seq, attempts FROM outbox"
                " WHERE seq IN (SELECT MIN(seq) FROM outbox WHERE done_at IS NULL"
                " GROUP BY disclosure_id) AND due_at <= ? ORDER BY seq",
                (now_s,),
            ).fetchall()
        return [Outgoing(*row) for row in rows]

    def finish(self, seq: int, *, at_s: float, answer: str) -> None:
        """Make no further attempt at this event; `answer` says how it ended."""
        with self._database.writing() as db:
            db.execute(
                "UPDATE outbox SET done_at = ?, answer = ?, attempts = attempts + 1"
                " WHERE seq = ? AND done_at IS NULL",
                (at_s, answer, seq),
            )

    def postpone(self, seq: int, *, due_at: float, answer: str) -> None:
        """Try this event again at `due_at`; `answer` says what went wrong."""
        with self._database.writing() as db:
            db.execute(
                "UPDATE outbox SET due_at = ?, answer = ?, attempts = attempts + 1"
                " WHERE seq = ? AND done_at IS NULL",
                (due_at, answer, seq),
            )

    def list_events(self, disclosure_id: str) -> list[tuple[str, str, int]]:
        """Kind, answer ("" while it waits) and attempts of each event, in order."""
        with self._database.reading() as db:
            return [
                (str(kind), str(answer), int(attempts))
                for kind, answer, attempts in db.execute(
                    "SELECT kind, answer, attempts FROM outbox WHERE disclosure_id = ?"
                    " ORDER BY seq",
                    (disclosure_id,),
                )
            ]
