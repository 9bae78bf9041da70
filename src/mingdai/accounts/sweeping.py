"""Sweep what no limit counts any more: tries, codes, lines of the development inbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from mingdai.accounts.models import Attempt, InboxMessage, LoginCode

KEPT = timedelta(days=1)
"""Longer than every window of every limit."""


def sweep(*, at: datetime) -> int:
    """Delete what is older than a day; how many rows."""
    before = at - KEPT
    gone = [
        Attempt.objects.filter(at__lte=before).delete(),
        LoginCode.objects.filter(expires_at__lte=before).delete(),
        InboxMessage.objects.filter(sent_at__lte=before).delete(),
    ]
    return sum(count for count, _ in gone)
