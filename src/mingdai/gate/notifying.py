"""Tell recipients that a grant ended: delete what you hold, and say so by a date.

A notice names ids and carries the entry of the withdrawal or erasure; it holds no personal
information, so it does not wait for a checkpoint.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mingdai.consent.recording import Act, record
from mingdai.gate.models import Disclosure, Notice
from mingdai.gate.queueing import LEASE, MAX_ATTEMPTS, back_off
from mingdai.gate.sealing import sign_notice
from mingdai.ledger.models import LedgerEntry
from mingdai_proofs.encodings import encode_base64
from mingdai_proofs.entries import EntryKind
from mingdai_proofs.notices import Notice as SignedNotice

DUE_AFTER = timedelta(days=15)
"""By when a recipient must answer: platform policy; the law names no number of days."""


def queue_notices(
    disclosures: Iterable[Disclosure], *, kind: Notice.Kind, entry: LedgerEntry, at: datetime
) -> list[Notice]:
    """One notice for each disclosure that reached, or may have reached, a partner."""
    rows = [
        Notice(
            disclosure=each,
            partner_id=each.partner_id,
            kind=kind,
            entry=entry,
            queued_at=at,
            due_at=at + DUE_AFTER,
            next_attempt_at=at,
        )
        for each in disclosures
        if each.partner_id is not None
    ]
    return Notice.objects.bulk_create(rows)


def due_notices(at: datetime, *, limit: int) -> list[UUID]:
    """The longest due notices, by id."""
    rows = Notice.objects.filter(next_attempt_at__lte=at, acknowledged_at=None)
    return list(rows.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])


def claim_notice(notice_id: UUID, *, at: datetime) -> Notice | None:
    """The notice to send now, or None."""
    with transaction.atomic():
        row = (
            Notice.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("disclosure", "disclosure__carrier", "partner", "entry")
            .filter(pk=notice_id, next_attempt_at__lte=at, acknowledged_at=None)
            .first()
        )
        if row is None:
            return None
        row.attempts, row.next_attempt_at = row.attempts + 1, at + LEASE
        row.save(update_fields=["attempts", "next_attempt_at"])
    return row


def notice_body(row: Notice) -> bytes:
    """What is sent: canonical JSON, signed by the platform (`mingdai_proofs.notices`)."""
    notice = SignedNotice(
        notice_id=str(row.pk),
        kind=row.kind,
        disclosure_id=str(row.disclosure_id),
        application_id=str(row.disclosure.application_id or ""),
        entry=encode_base64(bytes(row.entry.data)),
    )
    return notice.encode(sign_notice(notice))


def settle_acknowledged(row: Notice, *, acknowledgement: bytes, at: datetime) -> None:
    """The recipient signed that it deleted; its entry is written once."""
    with transaction.atomic():
        stored = Notice.objects.select_for_update().get(pk=row.pk)
        if stored.acknowledged_at is not None:
            return
        stored.acknowledged_at, stored.acknowledgement = at, acknowledgement
        stored.sent_at, stored.next_attempt_at = stored.sent_at or at, None
        stored.accepted_entry = record(_accepted(row), at=at)
        stored.last_problem = ""
        stored.save()


def settle_unanswered(row: Notice, *, sent: datetime | None, problem: str, at: datetime) -> None:
    """No good acknowledgement yet: try again after a pause, `MAX_ATTEMPTS` times in all.

    `sent` is when the recipient took the notice, None where it did not.
    """
    again = None if row.attempts >= MAX_ATTEMPTS else at + _pause(row.attempts)
    Notice.objects.filter(pk=row.pk, acknowledged_at=None).update(
        sent_at=row.sent_at or sent, next_attempt_at=again, last_problem=problem
    )


def _pause(attempts: int) -> timedelta:
    return back_off(attempts, rng=secrets.token_bytes)


def _accepted(row: Notice) -> Act:
    return Act(
        kind=EntryKind.NOTICE_ACCEPTED,
        borrower_id=row.disclosure.borrower_id,
        recipient=row.partner_id,
        purpose=row.disclosure.purpose,
        basis=row.disclosure.basis,
        route=row.disclosure.route,
        fields=tuple(row.disclosure.fields),
        detail={
            "notice": str(row.pk),
            "kind": row.kind,
            "disclosure": str(row.disclosure_id),
        },
    )
