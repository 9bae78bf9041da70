"""The queue of attributions: claim one, tell how it stands, end it; survive whoever works on it.

Every change is one statement that names the state it starts from, so that two processes never both
make it.  An attribution whose holder is gone is queued again once and then fails with a reason; its
bulk read stays the one it began.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from mingdai.accounts.bulk_ticketing import close_bulk
from mingdai.cases.models import Attribution, FoundList
from mingdai.errors import Refused

State = Attribution.State

STARTS = 2
"""How often an attribution is started at the most."""

SILENCE = timedelta(minutes=2)
"""After this long without a sign of life a holder counts as gone, wherever it runs."""


def claim(*, holder: str, at: datetime) -> Attribution | None:
    """The attribution that waited longest, now held by `holder`; None where none waits."""
    with transaction.atomic():
        waiting = Attribution.objects.filter(state=State.QUEUED).order_by("asked_at", "pk")
        row = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            return None
        row.state, row.holder, row.said = State.RUNNING, holder, "starting"
        row.attempts += 1
        row.started_at = row.beat_at = at
        row.save()
        return row


def claim_list(*, at: datetime) -> FoundList | None:
    """A list whose columns nobody has looked at; what was tried twice fails."""
    rows = FoundList.objects.filter(state=FoundList.State.RECEIVED)
    rows.filter(attempts__gte=STARTS).update(state=FoundList.State.FAILED, failure="list.lost")
    row = rows.order_by("received_at", "pk").first()
    if row is None or not rows.filter(pk=row.pk, attempts=row.attempts).update(
        attempts=F("attempts") + 1
    ):
        return None
    return row


def beat(row: Attribution, *, at: datetime) -> bool:
    """Say that it is alive; whether it shall go on.

    False after somebody asked to cancel it, or where it is not this holder's any more.
    """
    return bool(mine(row).filter(cancel_asked_at=None).update(beat_at=at))


def say(row: Attribution, step: str) -> None:
    """Tell which step it is at."""
    mine(row).update(said=step)


def fail(row: Attribution, code: str, *, at: datetime) -> None:
    """It cannot be done; `code` says why.  Its ticket is over."""
    if mine(row).update(state=State.FAILED, failure=code[:60], ended_at=at):
        close_bulk(row.ticket, at=at)


def hand_back(row: Attribution) -> None:
    """Put it back as it was: whoever works is asked to stop.  This start does not count."""
    mine(row).filter(cancel_asked_at=None).update(
        state=State.QUEUED, holder="", attempts=F("attempts") - 1
    )
    settle_cancelled(row, at=None)


def settle_cancelled(row: Attribution, *, at: datetime | None) -> None:
    """End it where somebody asked for that; `at` is when, None for when it was asked."""
    asked = mine(row).filter(cancel_asked_at__isnull=False)
    if asked.update(state=State.CANCELLED, ended_at=at or F("cancel_asked_at")):
        row.refresh_from_db()
        close_bulk(row.ticket, at=row.ended_at or row.asked_at)


def cancel(row: Attribution, *, at: datetime) -> None:
    """Ask that it ends: at once while it waits, at the next step while it runs.

    Raises Refused `attribution.over` for one that has ended.
    """
    rows = Attribution.objects.filter(pk=row.pk)
    waiting = rows.filter(state__in=(State.WAITING, State.QUEUED))
    if waiting.update(state=State.CANCELLED, cancel_asked_at=at, ended_at=at):
        close_bulk(row.ticket, at=at)
        return
    if not rows.filter(state=State.RUNNING).update(cancel_asked_at=at):
        raise Refused(code="attribution.over", reason=f"attribution {row.pk} has ended")


def recover(*, is_gone: Callable[[str], bool], at: datetime) -> int:
    """Take attributions away from holders that are gone; how many.

    `is_gone` answers for a holder of this machine; one elsewhere is gone after SILENCE.
    """
    running = Attribution.objects.filter(state=State.RUNNING)
    lost = [
        each
        for each in running
        if is_gone(each.holder) or each.beat_at is None or at - each.beat_at > SILENCE
    ]
    for each in lost:
        settle_cancelled(each, at=at)
        if each.attempts >= STARTS:
            fail(each, "attribution.lost", at=at)
        else:
            mine(each).update(state=State.QUEUED, holder="")
    return len(lost)


def mine(row: Attribution) -> QuerySet[Attribution]:
    """The row while it still runs under the holder we know."""
    return Attribution.objects.filter(pk=row.pk, state=State.RUNNING, holder=row.holder)
