"""Going on after a restored backup: openly, as a new log that names the head it could not keep.

The old log's files and key are kept aside; its receipts stay valid, each carries its own proof.
The new log's first entry is a CHECKPOINT_BREAK whose `detail` is the SHA-256 of the text of the
last checkpoint that was signed, so anybody who holds that checkpoint can see where it broke.  Then
follow all entries the restored database has.  Procedure: docs/restore.md.
"""

from __future__ import annotations

import secrets
import shutil
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from mingdai.errors import Refused
from mingdai.ledger import guarding, keys
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.remembering import SignedStore
from mingdai.ledger.storing import log_folder, only_writer, state_folder, sync_folder
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.entries import (
    FILLER_BYTES,
    PERIOD_S,
    Entry,
    EntryKind,
    decode_entry,
    encode_entry,
)
from mingdai_proofs.merkle import EMPTY_ROOT

ARCHIVE = "log-archive"


def resume_as_before() -> bool:
    """Open a closed ledger whose data came back; False while it is still older than signed."""
    try:
        guarding.inspect()
    except Refused as refused:
        guarding.close_ledger(refused)
        return False
    guarding.open_ledger()
    return True


def resume_with_new_origin(*, at: datetime, origin: str = "") -> str:
    """Start a new log in place of a rolled-back one; its origin, `origin` or a minted one.

    Safe to repeat after a crash.  Raises Refused: `ledger.not_broken` for a log that can go on,
    `ledger.busy` while a sequencer works.
    """
    with only_writer(state_folder()) as alone:
        if not alone:
            raise Refused(code="ledger.busy", reason="a sequencer works", remedy="stop the worker")
        broken = _broken_head()
        chosen = origin or keys.mint_origin()
        _restart_rows(broken, at=at)
        _archive()
        keys.write_once(log_folder() / "origin", f"{chosen}\n", mode=0o644)
        keys.log_key()
        store = SignedStore(state_folder())
        try:
            store.begin(Checkpoint(chosen, 0, EMPTY_ROOT), at=at)
        finally:
            store.close()
        guarding.inspect()
        guarding.open_ledger()
        return chosen


def _broken_head() -> Checkpoint:
    """The last head that was signed, as far as this folder knows."""
    try:
        guarding.inspect()
    except Refused:
        known = guarding.signed_head() or guarding.published_head()
        if known is not None:
            return known
        raise
    raise Refused(
        code="ledger.not_broken",
        reason="the data is as new as what was last signed",
        remedy="`mingdai ledger resume` opens it as it is",
    )


def _restart_rows(broken: Checkpoint, *, at: datetime) -> None:
    """In one transaction: the break is entry 0, every other entry waits for its place again."""
    detail = sha256(broken.text.encode()).digest()
    with transaction.atomic(durable=True):
        first = LedgerEntry.objects.filter(index=0, kind=EntryKind.CHECKPOINT_BREAK).first()
        if first is not None and decode_entry(bytes(first.data)).detail == detail:
            return
        LedgerEntry.objects.filter(index__isnull=False).update(index=None)
        entry = _break_entry(detail, at=at)
        LedgerEntry.objects.create(
            entry_id=entry.entry_id,
            kind=entry.kind,
            data=encode_entry(entry, secrets.token_bytes(FILLER_BYTES)),
            created_at=at,
            index=0,
        )


def _break_entry(detail: bytes, *, at: datetime) -> Entry:
    at_s = int(at.timestamp())
    return Entry(
        kind=EntryKind.CHECKPOINT_BREAK,
        at_s=at_s - at_s % PERIOD_S,
        entry_id=secrets.token_bytes(16),
        recipient="",
        purpose="",
        basis="",
        route="",
        fields=(),
        subject_tag=secrets.token_bytes(32),
        commitments=(),
        detail=detail,
        previous=secrets.token_bytes(32),
    )


def _archive() -> None:
    """Put the old log and its key aside, under the next free number."""
    data, old_key = Path(settings.MINGDAI_DATA), Path(settings.MINGDAI_KEYS) / keys.KEY_FILE
    archive = data / ARCHIVE
    archive.mkdir(exist_ok=True)
    number = 1 + sum(1 for _ in archive.iterdir())
    if log_folder().exists():
        shutil.move(log_folder(), archive / str(number))
    if old_key.exists():
        old_key.rename(old_key.with_name(f"log-{number}.key"))
        sync_folder(old_key.parent)
    for folder in (archive, data):
        sync_folder(folder)
