"""Which disclosures are due, and the claim on one of them.

A claim moves `next_attempt_at` on by `LEASE` in a short transaction, so that another worker, or the
next run after a crash, takes the row up again only then.  What must not be sent any more
is cancelled here, at the moment of sending (PIPL Art. 15).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mingdai.gate.models import Disclosure, Envelope
from mingdai.ledger.proving import is_covered
from mingdai.partners.models import Partner

LEASE = timedelta(seconds=30)
"""Longer than the longest wait for a partner."""

ON_HOLD = timedelta(hours=1)
"""When a disclosure to a suspended partner is looked at again."""

MAX_ATTEMPTS = 8
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 3600.0


def back_off(attempts: int, *, rng: Callable[[int], bytes]) -> timedelta:
    """How long to wait after the given number of attempts: doubling, half of it random."""
    pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** max(0, attempts - 1))
    share = int.from_bytes(rng(4), "big") / 2**32
    return timedelta(seconds=pause * (0.5 + share / 2))


def due_disclosures(at: datetime, *, limit: int) -> list[UUID]:
    """The longest due disclosures, by id."""
    rows = Disclosure.objects.filter(state=Disclosure.State.QUEUED, next_attempt_at__lte=at)
    return list(rows.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])


def claim(disclosure_id: UUID, *, at: datetime) -> Disclosure | None:
    """The row to send now, with everything it needs, or None where it is not to be sent now."""
    with transaction.atomic():
        row = (
            Disclosure.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("grant", "partner", "carrier", "entry", "envelope")
            .filter(pk=disclosure_id, state=Disclosure.State.QUEUED, next_attempt_at__lte=at)
            .first()
        )
        if row is None or not is_covered(row.entry):
            return None
        ended = _ended(row, at)
        if ended:
            cancel(row, problem=ended)
            return None
        if _on_hold(row):
            row.next_attempt_at, row.last_problem = at + ON_HOLD, "recipient.suspended"
            row.save(update_fields=["next_attempt_at", "last_problem"])
            return None
        row.attempts, row.next_attempt_at = row.attempts + 1, at + LEASE
        row.save(update_fields=["attempts", "next_attempt_at"])
    return row


def cancel(row: Disclosure, *, problem: str) -> None:
    """Take a locked row off the queue and empty its sealed bytes."""
    row.state, row.next_attempt_at = Disclosure.State.CANCELLED, None
    row.last_problem = problem
    row.save(update_fields=["state", "next_attempt_at", "last_problem"])
    Envelope.objects.filter(disclosure_id=row.pk).update(sealed=None)


def _ended(row: Disclosure, at: datetime) -> str:
    grant = row.grant
    if grant is None or grant.withdrawn_at is not None:
        return "consent.withdrawn"
    return "consent.expired" if at >= grant.expires_at else ""


def _on_hold(row: Disclosure) -> bool:
    parties = [each for each in (row.partner, row.carrier) if each is not None]
    return any(each.status != Partner.Status.ACTIVE for each in parties)
