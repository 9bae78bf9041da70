"""What was last signed, in a small store of its own that no restore may roll back.

The log key signs a tree head only after `advance` moved this store from the head before it, so
two heads of one size cannot both be signed.  SQLite with synchronous=EXTRA: durable on return.
Not promised: anything if this store itself is restored from a backup; witnesses then notice.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from mingdai.errors import Refused
from mingdai_proofs.checkpoints import Checkpoint

STORE_FILE = "signed.sqlite3"
_TABLES = """
CREATE TABLE IF NOT EXISTS head (
  epoch INTEGER PRIMARY KEY AUTOINCREMENT, origin TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL, root BLOB NOT NULL, signed_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS trouble (name TEXT PRIMARY KEY, code TEXT NOT NULL, since TEXT NOT NULL);
"""


class SignedStore:
    """The last signed head of each log this folder ever had; the newest log is the current one."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`, made where there is none."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._db = sqlite3.connect(
            folder / STORE_FILE, isolation_level=None, timeout=10, check_same_thread=False
        )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=EXTRA")
        self._db.executescript(_TABLES)

    @classmethod
    def find(cls, folder: Path) -> SignedStore | None:
        """The store in `folder`, None where there is none."""
        return cls(folder) if (folder / STORE_FILE).exists() else None

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def head(self) -> Checkpoint | None:
        """The last signed head of the current log, None before the first."""
        found = self._db.execute(
            "SELECT origin, size, root FROM head ORDER BY epoch DESC LIMIT 1"
        ).fetchone()
        return Checkpoint(*found) if found else None

    def begin(self, head: Checkpoint, *, at: datetime) -> None:
        """Make `head` the first of a new log; an origin that is already known stays as it is."""
        self._db.execute(
            "INSERT OR IGNORE INTO head (origin, size, root, signed_at) VALUES (?, ?, ?, ?)",
            (head.origin, head.size, head.root, at.isoformat()),
        )

    def advance(self, old: Checkpoint, new: Checkpoint, *, at: datetime) -> None:
        """Move from `old` to `new`, durably; raises Refused when `old` is not the last signed."""
        if new.size <= old.size or new.origin != old.origin:
            raise Refused(
                code="ledger.not_growing", reason=f"{new.size} does not follow {old.size}"
            )
        changed = self._db.execute(
            "UPDATE head SET size = ?, root = ?, signed_at = ?"
            " WHERE origin = ? AND size = ? AND root = ?"
            " AND epoch = (SELECT max(epoch) FROM head)",
            (new.size, new.root, at.isoformat(), old.origin, old.size, old.root),
        )
        if changed.rowcount != 1:
            raise Refused(
                code="ledger.moved",
                reason=f"another writer signed after size {old.size}",
                remedy="run the round again; it continues from what was signed",
            )

    def note_trouble(self, troubles: dict[str, str], *, at: datetime) -> None:
        """Replace what is known of witnesses that did not cosign: name to code."""
        if troubles == {name: code for name, (code, _) in self.troubles().items()}:
            return
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("DELETE FROM trouble")
        rows = [(name, code, at.isoformat()) for name, code in troubles.items()]
        self._db.executemany("INSERT INTO trouble VALUES (?, ?, ?)", rows)
        self._db.execute("COMMIT")

    def troubles(self) -> dict[str, tuple[str, datetime]]:
        """Name of each witness that did not cosign last time, with the code and since when."""
        rows = self._db.execute("SELECT name, code, since FROM trouble")
        return {name: (code, datetime.fromisoformat(since)) for name, code, since in rows}
