"""Say what an attribution was made from: when, by what, and the hashes of its files.

Files are hashed while the world opens; their names stay out, a file's name could name somebody.
"""

from __future__ import annotations

import hashlib
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mingdai.trace.calibrating import TABLE


class Stamp:
    """What all lists of one run have in common, and what each has of its own."""

    def __init__(self, args: Namespace, *, at: float) -> None:
        """Begin to hash the world's files; `at` is when the run began, in seconds since 1970."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="hash")
        self._world = {
            "borrowers": pool.submit(_digest, args.borrowers),
            "ledger": pool.submit(_digest, args.ledger),
            "calibration": pool.submit(_digest, TABLE),
        }
        pool.shutdown(wait=False)
        self._at, self._columns = datetime.fromtimestamp(at, UTC), args.columns

    def of(self, path: Path, found_at: int | None) -> dict[str, Any]:
        """The `run` of docs/trace.md#files; raises OSError where a file cannot be read."""
        found = None if found_at is None else datetime.fromtimestamp(found_at, UTC).isoformat()
        return {
            "at": self._at.isoformat(timespec="seconds"),
            "version": version("mingdai"),
            "found_at": found,
            "columns": self._columns,
            "list": {"sha256": _digest(path) if path.is_file() else ""},
            **{name: {"sha256": each.result()} for name, each in self._world.items()},
        }


def _digest(path: Path) -> str:
    """SHA-256 of a file; of a folder, that of its Parquet files' digests in order of name."""
    if path.is_dir():
        parts = "".join(_digest(each) for each in sorted(path.glob("*.parquet")))
        return hashlib.sha256(parts.encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
