from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.staff_ticket import refusal
from mingdai.words import LegalBasis, Purpose
from tests.conftest import NOON
from tests.law.proposals import (
    BY_REGULATOR,
    BY_STAFF,
    EMPLOYEE,
    OTHER,
    OWN_VIEW,
    SECOND,
    STAFF,
    TO_LENDER,
    DeskTicket,
    SheetGrant,
    code_of,
    ticketed,
)

CASES = [
    ("an assigned, open ticket", BY_STAFF, ""),
    (
        "the reader named as an actor",
        replace(BY_STAFF, recipient=replace(EMPLOYEE, id=f"staff:{STAFF}")),
        "",
    ),
    ("a second before it closes", ticketed(closes_at=NOON + SECOND), ""),
    ("closed only later", ticketed(closed_at=NOON + SECOND), ""),
    ("a regulator on a ticket for supervision", BY_REGULATOR, ""),
    ("partners have no tickets", TO_LENDER, ""),
    ("nor has the borrower", OWN_VIEW, ""),
    ("no ticket", replace(BY_STAFF, ticket=None), "ticket.missing"),
    ("a grant is no ticket", replace(BY_STAFF, ticket=None, grant=SheetGrant()), "ticket.missing"),
    ("a regulator without ticket", replace(BY_REGULATOR, ticket=None), "ticket.missing"),
    ("a ticket about another", ticketed(borrower_id=OTHER), "ticket.other_borrower"),
    ("a colleague's ticket", ticketed(assignee_id=OTHER), "ticket.other_assignee"),
    ("nobody's ticket", ticketed(assignee_id=None), "ticket.other_assignee"),
    (
        "an anonymous reader",
        replace(BY_STAFF, recipient=replace(EMPLOYEE, id="")),
        "ticket.other_assignee",
    ),
    (
        "a ticket nobody answers for",
        replace(BY_REGULATOR, ticket=DeskTicket(purpose="supervision", assignee_id=None)),
        "ticket.other_assignee",
    ),
    ("a ticket for another purpose", ticketed(purpose="supervision"), "ticket.other_purpose"),
    ("a field the ticket does not list", ticketed(fields=("name",)), "ticket.other_fields"),
    ("before it was opened", ticketed(opened_at=NOON + SECOND), "ticket.not_yet"),
    ("at its end", ticketed(closes_at=NOON), "ticket.closed"),
    ("at its closing", ticketed(closed_at=NOON), "ticket.closed"),
    ("staff for credit", replace(BY_STAFF, purpose=Purpose.CREDIT_DECISION), "purpose.unsuited"),
    ("staff as the borrower", replace(BY_STAFF, purpose=Purpose.OWN_VIEW), "purpose.unsuited"),
    (
        "staff on the borrower's right",
        replace(BY_STAFF, basis=LegalBasis.RIGHT_OF_ACCESS),
        "basis.unsuited",
    ),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
