"""Rate limits and lockout as data: one row a try, counted over a window.

`subject` is always a keyed hash.  Callers hold `alone` while they count and record, so parallel
tries cannot slip past a limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from mingdai.accounts.models import Attempt
from mingdai.words import Reason


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` tries of `act` in `window` by one subject."""

    act: str
    times: int
    window: timedelta


def alone(subject: bytes) -> None:
    """Let no other transaction act for `subject` until this one ends.

    On SQLite a writing transaction is alone as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            number = int.from_bytes(subject[:8], "big", signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def reached(limit: Limit, subject: bytes, *, at: datetime) -> Reason | None:
    """Why another try is refused now, None where it may be made."""
    tries = Attempt.objects.filter(act=limit.act, subject=subject, at__gt=at - limit.window)
    if tries.count() < limit.times:
        return None
    return Reason(
        code="login.too_often",
        reason=f"{limit.times} times {limit.act} in {limit.window}",
        source="platform policy: rate limits",
        remedy="wait and try again",
    )


def locked(limit: Limit, subject: bytes, *, at: datetime) -> Reason | None:
    """Why the subject is locked out: too many failures since its last success; or None."""
    tries = Attempt.objects.filter(act=limit.act, subject=subject, at__gt=at - limit.window)
    success = tries.filter(succeeded=True).order_by("-at", "-pk").first()
    failures = tries.filter(succeeded=False)
    if success is not None:
        failures = failures.filter(pk__gt=success.pk)
    if failures.count() < limit.times:
        return None
    return Reason(
        code="login.locked",
        reason=f"{limit.times} failures of {limit.act} in {limit.window}",
        source="platform policy: lockout",
        remedy="wait and try again",
    )


def record_success(act: str, subject: bytes, *, at: datetime) -> None:
    """Record a try that was let through."""
    Attempt.objects.create(act=act, subject=subject, at=at, succeeded=True)


def record_failure(act: str, subject: bytes, *, at: datetime) -> None:
    """Record a try that was not."""
    Attempt.objects.create(act=act, subject=subject, at=at, succeeded=False)
