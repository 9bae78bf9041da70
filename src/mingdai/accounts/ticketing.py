"""Open, assign and close tickets: an employee's reason to read fields of one borrower.

PIPL Art. 51: access by task.  A ticket lists fields and ends by itself within seven days.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from mingdai.accounts.models import Borrower, Staff, Ticket
from mingdai.errors import Invalid, Refused
from mingdai.words import FIELD_BY_CODE, ActorId, Purpose

LONGEST = timedelta(days=7)
_KINDS = frozenset({"application", "case"})
_PURPOSES = frozenset({Purpose.CASE_HANDLING, Purpose.SUPERVISION})


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """Who asks for a ticket, about what, why.  `reason` must not hold personal information."""

    subject_kind: str
    subject_id: UUID
    fields: Collection[str]
    reason: str
    opened_by: ActorId
    purpose: Purpose = Purpose.CASE_HANDLING
    lasts: timedelta = LONGEST


def open_ticket(borrower: Borrower, request: TicketRequest, *, at: datetime) -> Ticket:
    """An open ticket that nobody is assigned to yet.

    Raises Invalid `ticket.<what>` for a request that is not complete or too wide.
    """
    _check(request)
    return Ticket.objects.create(
        subject_kind=request.subject_kind,
        subject_id=request.subject_id,
        borrower=borrower,
        purpose=request.purpose,
        fields=sorted(set(request.fields)),
        reason=request.reason.strip(),
        opened_by=request.opened_by,
        opened_at=at,
        closes_at=at + request.lasts,
    )


def assign_ticket(ticket: Ticket, staff: Staff, *, at: datetime) -> None:
    """Give an open ticket to an active employee, taking it from whoever had it.

    Raises Refused `ticket.closed` or `ticket.no_assignee`; auditors read no fields.
    """
    if not staff.is_active or staff.role == Staff.Role.AUDITOR:
        raise Refused(
            code="ticket.no_assignee",
            reason=f"staff {staff.pk} cannot be given tickets",
            remedy="assign an active operator or compliance officer",
        )
    if not _open(at).filter(pk=ticket.pk).update(assignee=staff):
        raise Refused(code="ticket.closed", reason=f"ticket {ticket.pk} is closed")
    ticket.refresh_from_db()


def close_ticket(ticket: Ticket, *, at: datetime) -> None:
    """Close the ticket; doing it again keeps the first time."""
    Ticket.objects.filter(pk=ticket.pk, closed_at=None).update(closed_at=at)
    ticket.refresh_from_db()


def tickets_of(staff: Staff, at: datetime) -> QuerySet[Ticket]:
    """The employee's open tickets, the one that ends first in front."""
    return _open(at).filter(assignee=staff).order_by("closes_at", "pk")


def _open(at: datetime) -> QuerySet[Ticket]:
    still = Q(closed_at=None) | Q(closed_at__gt=at)
    return Ticket.objects.filter(still, opened_at__lte=at, closes_at__gt=at)


def _check(request: TicketRequest) -> None:
    for name, holds, reason in (
        ("subject_kind", request.subject_kind in _KINDS, "an application or a case"),
        ("purpose", request.purpose in _PURPOSES, "case handling or supervision"),
        ("reason", 0 < len(request.reason.strip()) <= 200, "1 to 200 characters"),
        ("opened_by", 0 < len(request.opened_by) <= 60, "the actor who asks"),
        ("lasts", timedelta(0) < request.lasts <= LONGEST, "more than nothing, at most 7 days"),
        ("fields", bool(request.fields), "at least one field"),
        ("fields", set(request.fields) <= FIELD_BY_CODE.keys(), "fields of the catalogue"),
    ):
        if not holds:
            raise Invalid(code=f"ticket.{name}", reason=f"a ticket needs {reason}", field=name)
