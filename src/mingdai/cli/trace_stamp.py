"""Say what an attribution was made from: when, by what, and the hashes of its files.

Files are hashed while the world opens; their names stay out, a file's name could name somebody.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mingdai.trace.calibrating import TABLE


class Stamp:
    """What all lists of one run have in common, and what each has of its own."""

    def __init__(self, borrowers: Path, ledger: Path, *, at: datetime) -> None:
        """Begin to hash the world's files; `at` is when the run began."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="hash")
        self._world = {
            "borrowers": pool.submit(_digest, borrowers),
            "ledger": pool.submit(_digest, ledger),
            "calibration": pool.submit(_digest, TABLE),
        }
        pool.shutdown(wait=False)
        self._at = at

    def of(self, path: Path, found_at: int | None, columns: str) -> dict[str, Any]:
        """The `run` of docs/trace.md#files; raises OSError where a file cannot be read."""
        found = None if found_at is None else datetime.fromtimestamp(found_at, UTC).isoformat()
        return {
            "at": self._at.isoformat(timespec="seconds"),
            "version": version("mingdai"),
            "found_at": found,
            "columns": columns,
            "list": {"sha256": _digest(path)},
            **{name: {"sha256": each.result()} for name, each in self._world.items()},
        }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
