"""One SQLite file: durable when a transaction ends, and deleted values are overwritten.

Every use opens its own connection, so that any thread may come.  Deleting overwrites
(`secure_delete`), and `forget` empties the write-ahead log, so no value stays in a file.
Not promised: that a copy-on-write file system or a backup of the folder forgets it too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Database:
    """A file and its tables."""

    def __init__(self, path: Path, *, tables: str) -> None:
        """Make the file with mode 0600 and its tables where there are none."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        self._path = path
        with self.reading() as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.executescript(tables)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection in which each statement stands alone."""
        db = sqlite3.connect(self._path, timeout=20, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA secure_delete=ON")
            yield db
        finally:
            db.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in one transaction: all of it is durable at the end, or none is."""
        with self.reading() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def forget(self) -> None:
        """Empty the write-ahead log, where overwritten pages may still stand."""
        with self.reading() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
