"""The queue of audits: claim one, tell how it stands, end it; survive whoever walked it.

A claim is written before the walk starts.  An audit whose holder is gone is queued again once and
then fails with a reason.  Every change is one statement that names the state it starts from, so
that two processes never both make it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from mingdai.audit.models import Audit
from mingdai.errors import Refused

State = Audit.State

STARTS = 2
"""How often an audit is started at the most."""

SILENCE = timedelta(minutes=2)
"""After this long without a sign of life a holder counts as gone, wherever it runs."""


def claim(*, holder: str, at: datetime) -> Audit | None:
    """The audit that waited longest, now held by `holder`; None where none waits."""
    with transaction.atomic():
        waiting = Audit.objects.filter(state=State.QUEUED).order_by("ordered_at", "pk")
        audit = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if audit is None:
            return None
        audit.state, audit.holder = State.RUNNING, holder
        audit.attempts += 1
        audit.started_at = audit.beat_at = at
        audit.said, audit.steps, audit.hosts = "", 0, 0
        audit.save()
        return audit


def beat(audit: Audit, *, at: datetime) -> bool:
    """Say that it is alive and how far it came; whether it shall go on.

    False after somebody asked to cancel it, or where it is not this holder's any more.
    """
    changed = _mine(audit).filter(cancel_asked_at=None)
    return bool(
        changed.update(beat_at=at, said=audit.said[:300], steps=audit.steps, hosts=audit.hosts)
    )


def finish(audit: Audit, *, at: datetime) -> bool:
    """Done: verdict, summary, hashes and entry as the row has them; False where it is not ours.

    Call it in the transaction that writes the ledger entry.
    """
    return bool(
        _mine(audit).update(
            state=State.DONE,
            ended_at=at,
            verdict=audit.verdict,
            summary=audit.summary,
            manifest_sha256=audit.manifest_sha256,
            findings_sha256=audit.findings_sha256,
            entry_id=audit.entry_id,
            detail_key=audit.detail_key,
        )
    )


def fail(audit: Audit, code: str, *, at: datetime) -> None:
    """It cannot be done; `code` says why."""
    _mine(audit).update(state=State.FAILED, failure=code[:60], ended_at=at)


def hand_back(audit: Audit) -> None:
    """Put it back as it was: whoever walks is asked to stop.  This start does not count."""
    _mine(audit).filter(cancel_asked_at=None).update(
        state=State.QUEUED, holder="", attempts=F("attempts") - 1
    )
    settle_cancelled(audit, at=None)


def settle_cancelled(audit: Audit, *, at: datetime | None) -> None:
    """End it where somebody asked for that; `at` is when, None for when it was asked."""
    _mine(audit).filter(cancel_asked_at__isnull=False).update(
        state=State.CANCELLED, ended_at=at or F("cancel_asked_at")
    )


def cancel(audit: Audit, *, at: datetime) -> None:
    """Ask that it ends: at once while it waits, at the next step while it runs.

    Raises Refused `audit.over` for one that has ended.
    """
    rows = Audit.objects.filter(pk=audit.pk)
    waited = rows.filter(state=State.QUEUED).update(
        state=State.CANCELLED, cancel_asked_at=at, ended_at=at
    )
    if waited:
        return
    if not rows.filter(state=State.RUNNING).update(cancel_asked_at=at):
        raise Refused(code="audit.over", reason=f"audit {audit.pk} has ended")


def recover(*, is_gone: Callable[[str], bool], at: datetime) -> int:
    """Take audits away from holders that are gone; how many.

    `is_gone` answers for a holder of this machine; one elsewhere is gone after SILENCE.
    """
    running = Audit.objects.filter(state=State.RUNNING)
    lost = [
        each
        for each in running
        if is_gone(each.holder) or each.beat_at is None or at - each.beat_at > SILENCE
    ]
    for each in lost:
        settle_cancelled(each, at=at)
        if each.attempts >= STARTS:
            fail(each, "audit.lost", at=at)
        else:
            _mine(each).update(state=State.QUEUED, holder="")
    return len(lost)


def _mine(audit: Audit) -> QuerySet[Audit]:
    """The row while it still runs under the holder we know."""
    return Audit.objects.filter(pk=audit.pk, state=State.RUNNING, holder=audit.holder)
