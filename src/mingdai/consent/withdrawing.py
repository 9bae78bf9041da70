"""Withdraw a grant: as easy as giving it (PIPL Art. 15).

Only `gate.recalling` may import this, because a withdrawal must also cancel what is queued and
tell the recipient.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingdai.consent.models import Grant
from mingdai.consent.recording import Act, record
from mingdai.words import LegalBasis
from mingdai_proofs.entries import EntryKind


def withdraw(grant: Grant, *, at: datetime) -> bool:
    """End the grant now and write its leaf; False where it had been withdrawn before.

    The row is locked first, so no disclosure that began later can still see it as given.
    """
    with transaction.atomic():
        row = Grant.objects.select_for_update().get(pk=grant.pk)
        if row.withdrawn_at is not None:
            return False
        row.withdrawn_at = at
        row.ended_entry_id = record(_withdrawn(row), at=at).entry_id
        row.save(update_fields=["withdrawn_at", "ended_entry_id"])
    grant.withdrawn_at, grant.ended_entry_id = row.withdrawn_at, row.ended_entry_id
    return True


def _withdrawn(row: Grant) -> Act:
    return Act(
        kind=EntryKind.WITHDRAWN,
        borrower_id=row.borrower_id,
        recipient=row.recipient_id,
        purpose=row.purpose,
        basis=LegalBasis.CONSENT,
        route=row.route,
        fields=tuple(row.fields),
        detail={"grant": str(row.id), "granted": bytes(row.entry_id).hex()},
    )
