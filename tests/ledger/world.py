"""What the ledger's tests stand on: made-up entries, rounds, and the log's own verifier."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from mingdai.ledger import keys
from mingdai.ledger.appending import append
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.sequencing import sequence_and_publish
from mingdai.ledger.storing import log_folder
from mingdai_proofs.entries import FILLER_BYTES, Entry, EntryKind, encode_entry
from mingdai_proofs.ledgers import LedgerReport, verify_ledger
from mingdai_proofs.sources import Folder

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)
HOLDER = "test:1"


def entry_bytes() -> bytes:
    """A well-formed entry about nobody."""
    return encode_entry(
        Entry(
            kind=EntryKind.GRANTED,
            at_s=int(NOON.timestamp()),
            entry_id=secrets.token_bytes(16),
            recipient="lender-a",
            purpose="credit_decision",
            basis="consent",
            route="lender_page",
            fields=(),
            subject_tag=secrets.token_bytes(32),
            commitments=(),
            detail=secrets.token_bytes(32),
            previous=secrets.token_bytes(32),
        ),
        secrets.token_bytes(FILLER_BYTES),
    )


def submit(count: int) -> list[LedgerEntry]:
    """Append so many entries in one transaction."""
    with transaction.atomic():
        return [append(entry_bytes(), at=NOON) for _ in range(count)]


class GaveUp(Exception):
    """What ends a transaction that must leave nothing."""


def append_and_give_up(count: int) -> None:
    """Append so many entries in one transaction that rolls back."""
    with transaction.atomic():
        for _ in range(count):
            append(entry_bytes(), at=NOON)
        raise GaveUp


def roll_back(count: int) -> None:
    """`append_and_give_up`, and go on."""
    with pytest.raises(GaveUp):
        append_and_give_up(count)


def run_round(at: datetime = NOON, holder: str = HOLDER) -> int:
    """One round of the sequencer."""
    return sequence_and_publish(holder=holder, at=at)


def publish_all(at: datetime = NOON) -> int:
    """Rounds until nothing is left; how many entries became provable."""
    total = 0
    while done := run_round(at):
        total += done
    return total


def grow(*counts: int) -> None:
    """Append and publish, batch by batch."""
    run_round()
    for count in counts:
        submit(count)
        publish_all()


def check_log(folder: Path | None = None, previous: bytes | None = None) -> LedgerReport:
    """The log's own verifier over the published folder, with the log's key."""
    trust = keys.policy()
    return verify_ledger(Folder(folder or log_folder()), trust, previous=previous)


def checkpoint() -> bytes:
    """The published checkpoint."""
    return (log_folder() / "checkpoint").read_bytes()


TEARS: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: os.truncate(path, 0),
    "cut short": lambda path: os.truncate(path, path.stat().st_size // 2),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
}
"""What a power cut leaves of a file that was not flushed."""


def tear_unsigned(log: Path, size: int, how: str) -> int:
    """Do to the log's files what a power cut may do to what is not flushed; how many were torn.

    That is every file beyond the last signed `size`, and the checkpoint.
    """
    torn = [path for path in (log / "tile").rglob("*") if path.is_file() and _reach(path) > size]
    for path in (*torn, log / "checkpoint"):
        TEARS[how](path)
    return len(torn)


def _reach(path: Path) -> int:
    """The smallest log size that has this tile or bundle."""
    kind, number, _, width = re.fullmatch(
        r".*/tile/(entries|[0-9]+)/([0-9]{3})(\.p/([0-9]+))?(?:\.new)?", str(path)
    ).groups()
    level = 0 if kind == "entries" else int(kind)
    return (int(number) * 256 + int(width or 256)) << 8 * level
