from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law import RULES
from mingdai.law.judging import refusals
from mingdai.law.second_person import refusal
from mingdai.words import EVERYBODY
from tests.law.proposals import (
    BY_REGULATOR,
    BY_STAFF,
    OTHER,
    OWN_VIEW,
    STAFF,
    TO_LENDER,
    DeskTicket,
    code_of,
)

TICKET = DeskTicket(borrower_id=EVERYBODY, second_person_id=OTHER)
BULK = replace(BY_STAFF, borrower_id=EVERYBODY, ticket=TICKET)

CASES = [
    ("approved by a second employee", BULK, ""),
    ("one borrower needs nobody else", BY_STAFF, ""),
    ("a lender reads one borrower", TO_LENDER, ""),
    (
        "no approval",
        replace(BULK, ticket=DeskTicket(borrower_id=EVERYBODY)),
        "bulk.no_second_person",
    ),
    ("no ticket", replace(BULK, ticket=None), "bulk.no_second_person"),
    (
        "approved by who asked",
        replace(BULK, ticket=replace(TICKET, second_person_id=STAFF)),
        "bulk.same_person",
    ),
    ("a lender", replace(TO_LENDER, borrower_id=EVERYBODY), "bulk.not_staff"),
    ("a regulator", replace(BY_REGULATOR, borrower_id=EVERYBODY), "bulk.not_staff"),
    ("a borrower", replace(OWN_VIEW, borrower_id=EVERYBODY), "bulk.not_staff"),
]


@pytest.mark.parametrize(
    ("proposal", "code"), [each[1:] for each in CASES], ids=[c[0] for c in CASES]
)
def test_a_bulk_read_takes_two_people(proposal, code):
    assert code_of(refusal(proposal)) == code


def test_a_bulk_read_that_two_people_stand_behind_passes_every_rule():
    assert refusals(BULK, RULES) == []


def test_the_ticket_of_one_borrower_opens_nobody_elses_fields():
    codes = {each.code for each in refusals(replace(BY_STAFF, borrower_id=EVERYBODY), RULES)}

    assert codes == {"ticket.other_borrower", "bulk.no_second_person"}
