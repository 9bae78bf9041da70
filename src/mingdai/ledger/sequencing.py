"""Sequencing: committed entries are placed in batches and published; one round at a time.

`sequence_and_publish` is called by the worker's loop and may be called by a door right after its
commit: a lease and a file lock let one caller work, the others return at once.  Entries that
arrive while a batch is written make up the next batch (group commit).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from mingdai.errors import Refused
from mingdai.ledger import guarding, keys
from mingdai.ledger.leasing import take_lease
from mingdai.ledger.placing import (
    BATCH,
    Shuffle,
    entries_from,
    is_all_covered,
    place_waiting,
    placed_size,
    shuffle_securely,
)
from mingdai.ledger.proving import covered_size, published
from mingdai.ledger.publishing import Writer
from mingdai.ledger.remembering import SignedStore
from mingdai.ledger.storing import only_writer, state_folder
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.merkle import EMPTY_ROOT

_WRITERS: dict[tuple[Path, str], Writer] = {}
"""The writer of this process, by data folder and witnesses; at most one."""


def sequence_and_publish(*, holder: str, at: datetime, shuffle: Shuffle = shuffle_securely) -> int:
    """Run one round; how many entries became provable by it.

    One indexed query when there is nothing to do; a process's first round passes the guard.
    `holder` names the process (host and process id).  0 also means that another process works, or
    that witnesses do not answer (tried again after 1 to 8 s).  Raises Refused
    (`ledger.rolled_back`) and closes the ledger rather than fork.
    Never call it inside a transaction: what is not committed must not be published.
    """
    now = published()
    if (
        now
        and _writer_key() in _WRITERS
        and not guarding.closed_because()
        and is_all_covered(now.head.size)
    ):
        return 0
    with only_writer(state_folder()) as alone:
        if not alone:
            return 0
        before = covered_size()
        try:
            _run_round(holder=holder, at=at, shuffle=shuffle)
        except Refused as refused:
            forget_writer()
            if refused.code == "ledger.rolled_back":
                guarding.close_ledger(refused)
            raise
        except BaseException:
            forget_writer()
            raise
        return covered_size() - before


def _run_round(*, holder: str, at: datetime, shuffle: Shuffle) -> None:
    writer = _current_writer(at)
    if writer.retry_at is not None and at < writer.retry_at:
        return
    if not writer.is_published() and not writer.publish(at=at):
        return
    entries = _next_entries(writer.head.size, holder=holder, at=at, shuffle=shuffle)
    if entries:
        writer.extend(entries, at=at)
        writer.publish(at=at)


def _next_entries(size: int, *, holder: str, at: datetime, shuffle: Shuffle) -> list[bytes]:
    """What follows the signed size: entries a lost round had placed, or else a new batch."""
    with transaction.atomic(durable=True):
        if not take_lease(holder=holder, at=at):
            return []
        placed = placed_size()
        if placed < size:
            raise guarding.rolled_back(f"the database ends before the signed size {size}")
        return entries_from(size, BATCH) if placed > size else place_waiting(size, shuffle)


def _current_writer(at: datetime) -> Writer:
    """The writer of this process if it is still at the last signed head, or else a new one."""
    key = _writer_key()
    writer = _WRITERS.get(key)
    if writer and writer.is_current() and not guarding.closed_because():
        return writer
    forget_writer()
    _WRITERS[key] = open_writer(at)
    return _WRITERS[key]


def _writer_key() -> tuple[Path, str]:
    quorum = getattr(settings, "MINGDAI_QUORUM", "all")
    return state_folder(), f"{settings.MINGDAI_WITNESSES} {quorum}"


def open_writer(at: datetime) -> Writer:
    """A writer at the last signed head, the guard passed; makes the log at the first start.

    Raises Refused (`ledger.rolled_back`).  Call as the only writer.
    """
    standing = guarding.inspect()
    store = SignedStore(state_folder())
    signer, policy = keys.log_key(), keys.policy()
    if standing is None:
        store.begin(Checkpoint(keys.origin(), 0, EMPTY_ROOT), at=at)
        standing = guarding.inspect()
    if standing is None:
        raise guarding.rolled_back("the record of what was last signed cannot be kept")
    guarding.open_ledger()
    return Writer(standing, store, signer=signer, policy=policy)


def forget_writer() -> None:
    """Drop this process's writer; the next round opens one from disk."""
    while _WRITERS:
        _WRITERS.popitem()[1].close()
