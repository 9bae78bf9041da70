"""After a crash, and for what could not be delivered: put rows back into the queue.

Nothing is lost without this: a row in flight when a process died is due again after its lease.
`resume` only spares the wait.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mingdai.errors import Refused
from mingdai.gate.models import Disclosure, Notice


def resume(*, at: datetime) -> int:
    """Make everything that was tried and not settled due now; how many rows."""
    rows = Disclosure.objects.filter(
        state=Disclosure.State.QUEUED, attempts__gt=0, next_attempt_at__gt=at
    ).update(next_attempt_at=at)
    notices = Notice.objects.filter(
        acknowledged_at=None, attempts__gt=0, next_attempt_at__gt=at
    ).update(next_attempt_at=at)
    return rows + notices


def dead_letters() -> list[Disclosure]:
    """What could not be delivered, newest first."""
    rows = Disclosure.objects.filter(state=Disclosure.State.DEAD)
    return list(rows.select_related("partner", "carrier").order_by("-disclosed_at"))


def retry(disclosure_id: UUID, *, at: datetime) -> Disclosure:
    """Queue a dead letter again, with its attempts counted anew.

    Raises Refused where it is not a dead letter or its sealed bytes are gone.
    """
    with transaction.atomic():
        row = (
            Disclosure.objects.select_for_update(of=("self",))
            .select_related("envelope")
            .filter(pk=disclosure_id, state=Disclosure.State.DEAD)
            .first()
        )
        if row is None or row.envelope.sealed is None:
            raise Refused(
                code="dead_letter.none",
                reason=f"disclosure {disclosure_id} is not a dead letter that can be sent again",
                remedy="list them with `mingdai gate dead-letters`",
            )
        row.state, row.attempts, row.next_attempt_at = Disclosure.State.QUEUED, 0, at
        row.save(update_fields=["state", "attempts", "next_attempt_at"])
    return row
