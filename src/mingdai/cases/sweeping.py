"""What time alone brings: lists whose day has come go, and what was not approved in time is over.

Run once a minute by the worker; running it twice changes nothing.
"""

from __future__ import annotations

from datetime import datetime

from mingdai.cases.deleting import delete_due
from mingdai.cases.models import Attribution
from mingdai.cases.queueing import cancel

WAITING = (Attribution.State.WAITING, Attribution.State.QUEUED)


def sweep(*, at: datetime) -> int:
    """Do what is due; how many lists, files and attributions."""
    return delete_due(at=at) + _end_overdue(at)


def _end_overdue(at: datetime) -> int:
    """Cancel what waits on a ticket that ended."""
    rows = list(Attribution.objects.filter(state__in=WAITING, ticket__closes_at__lte=at))
    for each in rows:
        cancel(each, at=at)
    return len(rows)
