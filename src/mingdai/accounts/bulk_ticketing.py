"""Ask for, approve and close bulk tickets: the reason to read fields of everybody, once.

Two employees stand behind each: who asks and answers for it, and a compliance officer who is
somebody else.  Not approved or not used within seven days, it is over (PIPL Art. 51).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mingdai.accounts.models import BulkTicket, Staff
from mingdai.accounts.ticketing import LONGEST
from mingdai.errors import Invalid, Refused
from mingdai.words import FIELD_BY_CODE, Purpose


@dataclass(frozen=True, slots=True)
class BulkRequest:
    """Which fields of everybody, for which case, why.  `reason` holds no personal information."""

    subject_id: UUID
    fields: Collection[str]
    reason: str


def ask_for_bulk(staff: Staff, request: BulkRequest, *, at: datetime) -> BulkTicket:
    """A bulk ticket that nobody has approved yet.

    Raises Invalid `ticket.fields` or `ticket.reason`, Refused `ticket.no_assignee`.
    """
    if not staff.is_active or staff.role != Staff.Role.COMPLIANCE:
        raise Refused(
            code="ticket.no_assignee",
            reason=f"staff {staff.pk} may not ask for bulk reads",
            remedy="let a compliance officer ask",
        )
    if not set(request.fields) <= FIELD_BY_CODE.keys():
        raise Invalid(code="ticket.fields", reason="not fields of the catalogue", field="fields")
    if not 0 < len(request.reason.strip()) <= 200:
        raise Invalid(code="ticket.reason", reason="1 to 200 characters", field="reason")
    return BulkTicket.objects.create(
        subject_kind="case",
        subject_id=request.subject_id,
        assignee=staff,
        purpose=Purpose.CASE_HANDLING,
        fields=sorted(set(request.fields)),
        reason=request.reason.strip(),
        opened_at=at,
        closes_at=at + LONGEST,
    )


def approve_bulk(ticket: BulkTicket, staff: Staff, *, at: datetime) -> None:
    """Approve it as the second person; doing it again keeps the first approval.

    Raises Refused `bulk.same_person` for who asked, `ticket.no_assignee` for who may not,
    `ticket.closed` for one that is over.
    """
    if not staff.is_active or staff.role != Staff.Role.COMPLIANCE:
        raise Refused(code="ticket.no_assignee", reason=f"staff {staff.pk} may not approve")
    if staff.pk == ticket.assignee_id:
        raise Refused(
            code="bulk.same_person",
            reason=f"staff {staff.pk} asked for bulk ticket {ticket.pk}",
            source="PIPL Art. 6, 51, 54",
            remedy="let another compliance officer approve it",
        )
    rows = BulkTicket.objects.filter(pk=ticket.pk, closed_at=None, closes_at__gt=at)
    if not rows.exists():
        raise Refused(code="ticket.closed", reason=f"bulk ticket {ticket.pk} is closed")
    rows.filter(second_person=None).update(second_person=staff, approved_at=at)
    ticket.refresh_from_db()


def close_bulk(ticket: BulkTicket, *, at: datetime) -> None:
    """Close it; doing it again keeps the first time."""
    BulkTicket.objects.filter(pk=ticket.pk, closed_at=None).update(closed_at=at)
    ticket.refresh_from_db()
