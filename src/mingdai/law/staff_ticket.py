"""工单: an employee or a regulator reads only on an open ticket, and only what it lists.

PIPL Art. 51 asks for access limited by role and task; Art. 10 forbids reading and providing
beyond it.  An employee's ticket is assigned to that employee; a regulator's has the purpose of
supervision and is assigned to the employee who answers for it.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import (
    LegalBasis,
    Proposal,
    Purpose,
    Reason,
    RecipientKind,
    TicketLike,
)

SOURCE = "PIPL Art. 10, 51"
MARK = "V"
IN_FORCE = date(2021, 11, 1)

_PURPOSE = {
    RecipientKind.STAFF: Purpose.CASE_HANDLING,
    RecipientKind.REGULATOR: Purpose.SUPERVISION,
}


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse an employee or regulator without a ticket that is theirs, open and wide enough."""
    purpose = _PURPOSE.get(proposal.recipient.kind)
    if purpose is None:
        return None
    if proposal.purpose is not purpose:
        return _refuse("purpose.unsuited", f"{proposal.recipient.kind} reads for {purpose} only")
    if proposal.basis is LegalBasis.RIGHT_OF_ACCESS:
        return _refuse("basis.unsuited", "the right of access is the borrower's own")
    if proposal.ticket is None:
        return _refuse("ticket.missing", "no ticket stands behind this read")
    return _mismatch(proposal, proposal.ticket) or _not_open(proposal, proposal.ticket)


def _mismatch(proposal: Proposal, ticket: TicketLike) -> Reason | None:
    """Refuse another's ticket and what the ticket does not list."""
    if ticket.borrower_id != proposal.borrower_id:
        return _refuse("ticket.other_borrower", f"ticket {ticket.id} is about another borrower")
    if not _is_assigned(proposal, ticket):
        return _refuse("ticket.other_assignee", f"ticket {ticket.id} is not assigned to the reader")
    if ticket.purpose != proposal.purpose:
        return _refuse("ticket.other_purpose", f"ticket {ticket.id} is for another purpose")
    if not proposal.fields <= frozenset(ticket.fields):
        return _refuse("ticket.other_fields", f"ticket {ticket.id} does not list every field")
    return None


def _is_assigned(proposal: Proposal, ticket: TicketLike) -> bool:
    """Whether the ticket is the reading employee's; a regulator's is any employee's."""
    if ticket.assignee_id is None:
        return False
    if proposal.recipient.kind is RecipientKind.REGULATOR:
        return True
    return proposal.recipient.id.removeprefix("staff:") == str(ticket.assignee_id)


def _not_open(proposal: Proposal, ticket: TicketLike) -> Reason | None:
    """Refuse outside `opened_at <= at < closes_at`, and at or after an earlier closing."""
    if proposal.at < ticket.opened_at:
        return _refuse("ticket.not_yet", f"ticket {ticket.id} was opened after this")
    closed = ticket.closed_at is not None and ticket.closed_at <= proposal.at
    if closed or ticket.closes_at <= proposal.at:
        return _refuse("ticket.closed", f"ticket {ticket.id} is closed")
    return None


def _refuse(code: str, reason: str) -> Reason:
    return Reason(
        code=code,
        reason=reason,
        source=SOURCE,
        remedy="open a ticket for this borrower and these fields, and have it assigned",
    )
