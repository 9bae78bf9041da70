"""`mingdai auditor`: walk the audits that were ordered, one at a time, until it is stopped.

Each walk is a process of its own.  When it ends, the hashes of manifest and findings and the
verdict become a ledger entry, in one transaction with the row: there is never one without the
other.  Killed at any point, the next auditor finds what was left: a sealed folder is recorded, a
walk without its auditor is walked again once.  Several may run, one for each browser.
"""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import signal
import socket
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import Error as DatabaseError
from django.db import close_old_connections, transaction
from django.utils import timezone

from mingdai.audit import queueing
from mingdai.audit.conducting import Walk, begin, complaint
from mingdai.audit.equipping import missing
from mingdai.audit.models import Audit
from mingdai.audit.ordering import evidence_of
from mingdai.audit.outcomes import facts_of, is_sealed, read_outcome
from mingdai.errors import MingdaiError
from mingdai.ledger.noting import note
from mingdai_proofs.entries import EntryKind

if TYPE_CHECKING:
    from argparse import _SubParsersAction

logger = logging.getLogger("mingdai.auditor")

LOOK_S = 0.5
"""Between two looks at a walk that runs."""

AFTER = timedelta(minutes=4)
"""What a walk may take beyond its limit: reading agreements, checks, the report."""

ENDED = {0, 1}
"""Exit codes of a walk that came to a verdict."""


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`--pause-ms`: how long an idle round waits."""
    parser = subparsers.add_parser("auditor", help="walk ordered audits, until stopped")
    parser.add_argument("--pause-ms", type=int, default=1000)


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; a walk that runs then goes back to the queue."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    holder = f"{socket.gethostname()}:{os.getpid()}"
    while not stop.is_set():
        try:
            worked = work_once(holder, stop)
        except (MingdaiError, DatabaseError, OSError) as error:
            worked = False
            logger.error("%s", error.code if isinstance(error, MingdaiError) else type(error))
        close_old_connections()
        if not worked:
            stop.wait(args.pause_ms / 1000)
    return 0


def work_once(holder: str, stop: threading.Event) -> bool:
    """Take the next audit to its end; False where none waits."""
    queueing.recover(is_gone=is_gone, at=timezone.now())
    audit = queueing.claim(holder=holder, at=timezone.now())
    if audit is None:
        return False
    if is_sealed(evidence_of(audit)):  # walked to its end by an auditor that died before recording
        conclude(audit)
        return True
    lacking = missing()
    if lacking:
        queueing.fail(audit, lacking[0], at=timezone.now())
        return True
    logger.info("audit %s begins", audit.pk)
    walk = begin(audit)
    try:
        code = watch(walk, stop)
    finally:
        walk.stop()
    if code is not None:
        _end(audit, code)
    logger.info("audit %s is over", audit.pk)
    return True


def watch(walk: Walk, stop: threading.Event) -> int | None:
    """Follow the walk; its exit code, None where it was stopped and the row already says why."""
    audit = walk.audit
    deadline = timezone.now() + timedelta(minutes=audit.minutes) + AFTER
    while (code := walk.process.poll()) is None:
        now = timezone.now()
        walk.look()
        if stop.is_set():
            walk.stop()
            queueing.hand_back(audit)
            return None
        if not queueing.beat(audit, at=now):
            walk.stop()
            queueing.settle_cancelled(audit, at=now)
            return None
        if now > deadline:
            walk.stop()
            queueing.fail(audit, "audit.too_long", at=now)
            return None
        stop.wait(LOOK_S)
    walk.look()
    queueing.beat(audit, at=timezone.now())
    return code


def conclude(audit: Audit) -> None:
    """Record the sealed folder: the entry and the row, both or neither."""
    try:
        outcome = read_outcome(evidence_of(audit))
    except (OSError, ValueError, KeyError):
        queueing.fail(audit, "audit.unreadable", at=timezone.now())
        return
    now = timezone.now()
    audit.verdict, audit.summary = outcome.verdict, outcome.summary
    audit.manifest_sha256 = outcome.manifest_sha256
    audit.findings_sha256 = outcome.findings_sha256
    audit.ended_at = now
    with transaction.atomic():
        noted = note(EntryKind.AUDITED, facts_of(audit), at=now, rng=secrets.token_bytes)
        audit.entry_id, audit.detail_key = bytes(noted.entry.entry_id), noted.key
        if not queueing.finish(audit, at=now):
            transaction.set_rollback(True)


def is_gone(holder: str) -> bool:
    """Whether a holder of this machine is no process any more; one elsewhere is not known to be."""
    host, _, process = holder.rpartition(":")
    if host != socket.gethostname() or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _end(audit: Audit, code: int) -> None:
    if code in ENDED and is_sealed(evidence_of(audit)):
        conclude(audit)
    elif not Audit.objects.filter(pk=audit.pk, cancel_asked_at=None).exists():
        queueing.settle_cancelled(audit, at=timezone.now())
    else:
        queueing.fail(audit, complaint(audit), at=timezone.now())
