"""批量: fields of everybody are read for an employee's task only, and never by one person's word.

PIPL Art. 51 asks for access rights by task; that a bulk read takes two people is our measure to it,
following Art. 6 (least impact).  `staff_ticket` judges the ticket itself.
"""

from __future__ import annotations

from datetime import date

from mingdai.words import EVERYBODY, Proposal, Reason, RecipientKind

SOURCE = "PIPL Art. 6, 51, 54"
MARK = "V"
IN_FORCE = date(2021, 11, 1)


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse a read about everybody that a second employee did not approve."""
    if proposal.borrower_id != EVERYBODY:
        return None
    if proposal.recipient.kind is not RecipientKind.STAFF:
        return _refuse("bulk.not_staff", f"{proposal.recipient.kind} reads one borrower at a time")
    ticket = proposal.ticket
    if ticket is None or ticket.second_person_id is None:
        return _refuse("bulk.no_second_person", "no second person approved this bulk read")
    if ticket.second_person_id == ticket.assignee_id:
        return _refuse("bulk.same_person", "whoever asked for a bulk read cannot approve it")
    return None


def _refuse(code: str, reason: str) -> Reason:
    return Reason(
        code=code,
        reason=reason,
        source=SOURCE,
        remedy="let another compliance officer approve the bulk ticket",
    )
