"""Write down how a delivery ended: the outcome's entry and the row, in one transaction."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from mingdai.consent.recording import Act, record
from mingdai.gate.models import Disclosure, Envelope
from mingdai.gate.queueing import MAX_ATTEMPTS, back_off
from mingdai_proofs.entries import EntryKind

State = Disclosure.State


def settle_taken(
    row: Disclosure, *, countersignature: bytes | None, problem: str, at: datetime
) -> None:
    """The partner took it; `countersignature` is verified, None where there is no good one.

    A row cancelled while it was on its way is told the truth: it arrived.
    """
    kind = EntryKind.COUNTERSIGNED if countersignature else EntryKind.DELIVERED
    with transaction.atomic():
        stored = Disclosure.objects.select_for_update().get(pk=row.pk)
        if stored.state not in {State.QUEUED, State.CANCELLED, State.SENT, State.DEAD}:
            return
        if stored.state == State.SENT and not countersignature:
            return
        stored.outcome_entry = record(_outcome(stored, kind, problem), at=at)
        stored.state = State.COUNTERSIGNED if countersignature else State.SENT
        stored.countersignature = countersignature
        stored.sent_at, stored.next_attempt_at = stored.sent_at or at, None
        stored.last_problem = problem
        stored.save()
        Envelope.objects.filter(disclosure_id=row.pk).update(sealed=None)


def settle_failed(row: Disclosure, *, problem: str, final: bool, at: datetime) -> None:
    """It did not arrive: try again after a pause, or give up where it is `final`."""
    with transaction.atomic():
        stored = Disclosure.objects.select_for_update().get(pk=row.pk)
        if stored.state != State.QUEUED:
            return
        stored.last_problem = problem
        if final or stored.attempts >= MAX_ATTEMPTS:
            act = _outcome(stored, EntryKind.DELIVERY_FAILED, problem)
            stored.outcome_entry = record(act, at=at)
            stored.state, stored.next_attempt_at = State.DEAD, None
        else:
            stored.next_attempt_at = at + back_off(stored.attempts, rng=secrets.token_bytes)
        stored.save(update_fields=["last_problem", "outcome_entry", "state", "next_attempt_at"])


def _outcome(row: Disclosure, kind: EntryKind, problem: str) -> Act:
    return Act(
        kind=kind,
        borrower_id=row.borrower_id,
        recipient=row.recipient_id,
        purpose=row.purpose,
        basis=row.basis,
        route=row.route,
        fields=tuple(row.fields),
        detail={"disclosure": str(row.pk), "attempts": row.attempts, "problem": problem},
    )
