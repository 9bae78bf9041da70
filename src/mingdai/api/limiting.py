"""How often a partner may call: a fixed window in the database, shared by every web process.

Headers follow draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy` and `RateLimit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F

from mingdai.partners.models import Partner, RateWindow

WINDOW_S = 60
QUOTA = 1200
"""Calls of one partner in one window."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of this window: calls, and seconds until the next."""

    remaining: int
    reset_s: int

    @property
    def exceeded(self) -> bool:
        """Whether this call is one too many."""
        return self.remaining < 0

    def headers(self) -> dict[str, str]:
        """What every answer to the partner carries."""
        left = max(0, self.remaining)
        return {
            "RateLimit-Policy": f'"partner";q={QUOTA};w={WINDOW_S}',
            "RateLimit": f'"partner";r={left};t={self.reset_s}',
        }


def count_call(partner: Partner, *, at: datetime) -> Allowance:
    """Count one call of the partner and say what is left."""
    second = int(at.timestamp())
    starts_at = datetime.fromtimestamp(second - second % WINDOW_S, tz=UTC)
    row, made = RateWindow.objects.get_or_create(
        partner=partner, starts_at=starts_at, defaults={"calls": 1}
    )
    if not made:
        RateWindow.objects.filter(pk=row.pk).update(calls=F("calls") + 1)
    calls = 1 if made else row.calls + 1
    return Allowance(QUOTA - calls, WINDOW_S - second % WINDOW_S)
