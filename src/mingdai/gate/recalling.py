"""Take consent back: withdraw one grant, or erase a borrower.

Everything that follows from it is done here, in one transaction: the grant ends, what is queued is
cancelled and its sealed bytes emptied, whoever has or may have a copy is told to delete it, the
aliases end, and a termination receipt says so.  Every proof made before stays valid.
Not promised: that a recipient deletes; its signed acknowledgement, or its absence, is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingdai.accounts.models import Borrower
from mingdai.consent.models import Grant
from mingdai.consent.recording import Act, record
from mingdai.consent.withdrawing import withdraw
from mingdai.gate.aliasing import end_aliases
from mingdai.gate.models import Disclosure, Notice
from mingdai.gate.notifying import queue_notices
from mingdai.gate.queueing import cancel
from mingdai.ledger.models import LedgerEntry
from mingdai.vault.erasing import erase
from mingdai.words import LegalBasis, Reason
from mingdai_proofs.entries import EntryKind

State = Disclosure.State


@dataclass(frozen=True, slots=True)
class Termination:
    """What a withdrawal did: its receipt's entry, what was cancelled, who was told to delete."""

    grant: Grant
    entry: LedgerEntry
    cancelled: int
    notices: list[Notice]


def withdraw_grant(grant: Grant, *, at: datetime) -> Termination:
    """End the grant now; doing it again changes nothing and gives the same receipt."""
    with transaction.atomic():
        if not withdraw(grant, at=at):
            return _done_before(grant)
        ended = LedgerEntry.objects.get(entry_id=bytes(grant.ended_entry_id or b""))
        disclosures = list(Disclosure.objects.select_for_update().filter(grant=grant))
        cancelled = _cancel_queued(disclosures, "consent.withdrawn")
        told = queue_notices(
            _may_have_arrived(disclosures), kind=Notice.Kind.WITHDRAWN, entry=ended, at=at
        )
        end_aliases(grant.borrower_id, application_id=grant.application_id, at=at)
        entry = record(_terminated(grant, _consequences(grant, cancelled, told)), at=at)
        grant.terminated_entry_id = entry.entry_id
        grant.save(update_fields=["terminated_entry_id"])
    return Termination(grant, entry, cancelled, told)


def end_refused(grant: Grant, reason: Reason, *, at: datetime) -> LedgerEntry:
    """End a grant whose hand-over a rule refused: no consent outlives what it was given for.

    The borrower took nothing back and nothing went, so there is no withdrawal and nobody to tell.
    Call it in the transaction that recorded the refusal.
    """
    entry = record(_terminated(grant, {"refused": reason.code}), at=at)
    grant.withdrawn_at, grant.ended_entry_id = at, entry.entry_id
    grant.terminated_entry_id = entry.entry_id
    grant.save(update_fields=["withdrawn_at", "ended_entry_id", "terminated_entry_id"])
    return entry


def erase_borrower(borrower: Borrower, *, at: datetime) -> LedgerEntry:
    """End every grant, tell every recipient, destroy the keys; the erasure's entry.

    The entry is written before the keys go, so its tag is still the borrower's; afterwards nobody
    can link it.
    """
    with transaction.atomic():
        for grant in Grant.objects.filter(borrower=borrower, withdrawn_at=None):
            withdraw_grant(grant, at=at)
        disclosures = list(Disclosure.objects.select_for_update().filter(borrower=borrower))
        entry = record(
            Act(EntryKind.ERASED, borrower.pk, "borrower", basis=LegalBasis.RIGHT_OF_ACCESS), at=at
        )
        _cancel_queued(disclosures, "borrower.erased")
        told = _not_told(disclosures)
        queue_notices(told, kind=Notice.Kind.ERASED, entry=entry, at=at)
        erase(borrower, at=at)
    return entry


def _done_before(grant: Grant) -> Termination:
    stored = Grant.objects.get(pk=grant.pk)
    entry = LedgerEntry.objects.get(entry_id=bytes(stored.terminated_entry_id or b""))
    notices = list(Notice.objects.filter(disclosure__grant=stored, kind=Notice.Kind.WITHDRAWN))
    cancelled = Disclosure.objects.filter(grant=stored, state=State.CANCELLED).count()
    return Termination(stored, entry, cancelled, notices)


def _cancel_queued(rows: list[Disclosure], problem: str) -> int:
    """Cancel what has not arrived; a dead letter loses its sealed bytes too."""
    queued = [each for each in rows if each.state in {State.QUEUED, State.DEAD}]
    for row in queued:
        cancel(row, problem=problem)
    return len(queued)


def _may_have_arrived(rows: list[Disclosure]) -> list[Disclosure]:
    """What reached a partner, or was on its way to one when it was cancelled."""
    return [each for each in rows if each.partner_id and (each.sent_at or each.attempts)]


def _not_told(rows: list[Disclosure]) -> list[Disclosure]:
    """Recipients without an open notice: their grants had ended before."""
    known = set(
        Notice.objects.filter(acknowledged_at=None, disclosure__in=rows).values_list(
            "disclosure_id", flat=True
        )
    )
    return [each for each in _may_have_arrived(rows) if each.pk not in known]


def _consequences(grant: Grant, cancelled: int, told: list[Notice]) -> dict[str, object]:
    return {
        "withdrawn": bytes(grant.ended_entry_id or b"").hex(),
        "cancelled": cancelled,
        "notices": [str(each.pk) for each in told],
    }


def _terminated(grant: Grant, why: dict[str, object]) -> Act:
    return Act(
        kind=EntryKind.TERMINATED,
        borrower_id=grant.borrower_id,
        recipient=grant.recipient_id,
        purpose=grant.purpose,
        basis=LegalBasis.CONSENT,
        route=grant.route,
        fields=tuple(grant.fields),
        detail={"grant": str(grant.pk), **why},
    )
