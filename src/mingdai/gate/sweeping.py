"""What time alone brings: grants that ended take their queue along, fields past their time go.

Run once a minute by the worker; running it twice changes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mingdai.gate.aliasing import end_aliases
from mingdai.gate.models import Disclosure
from mingdai.gate.queueing import cancel
from mingdai.partners.models import ApiCall, RateWindow
from mingdai.vault.expiring import expire

BATCH = 256
CALLS_KEPT = timedelta(days=2)
"""How long an idempotency key of our API is remembered."""


def sweep(*, at: datetime) -> int:
    """Do what is due; how many rows changed."""
    expired = expire(at=at)
    return expired.fields + expired.links + expired.blobs + _end_expired(at) + _forget_calls(at)


def _end_expired(at: datetime) -> int:
    """Cancel what is still queued, or dead, under a grant that ended."""
    with transaction.atomic():
        rows = list(
            Disclosure.objects.select_for_update(skip_locked=True, of=("self",)).filter(
                state__in=[Disclosure.State.QUEUED, Disclosure.State.DEAD],
                grant__expires_at__lte=at,
            )[:BATCH]
        )
        for row in rows:
            cancel(row, problem="consent.expired")
            if row.application_id is not None:
                end_aliases(row.borrower_id, application_id=row.application_id, at=at)
    return len(rows)


def _forget_calls(at: datetime) -> int:
    calls, _ = ApiCall.objects.filter(called_at__lt=at - CALLS_KEPT).delete()
    windows, _ = RateWindow.objects.filter(starts_at__lt=at - CALLS_KEPT).delete()
    return calls + windows
