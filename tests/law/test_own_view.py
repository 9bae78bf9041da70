from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.own_view import refusal
from mingdai.words import LegalBasis, Purpose
from tests.law.proposals import (
    BORROWER,
    BY_STAFF,
    OTHER,
    OWN_VIEW,
    SELF,
    TO_LENDER,
    SheetGrant,
    code_of,
)

CASES = [
    ("the own record", OWN_VIEW, ""),
    (
        "the reader named as an actor",
        replace(OWN_VIEW, recipient=replace(SELF, id=f"borrower:{BORROWER}")),
        "",
    ),
    ("a lender is another rule's", TO_LENDER, ""),
    ("staff are another rule's", BY_STAFF, ""),
    ("another's record", replace(OWN_VIEW, borrower_id=OTHER), "own_view.other_person"),
    (
        "another's record with a grant",
        replace(OWN_VIEW, borrower_id=OTHER, grant=SheetGrant()),
        "own_view.other_person",
    ),
    (
        "nobody in particular",
        replace(OWN_VIEW, recipient=replace(SELF, id="")),
        "own_view.other_person",
    ),
    (
        "the borrower for credit",
        replace(OWN_VIEW, purpose=Purpose.CREDIT_DECISION),
        "purpose.unsuited",
    ),
    ("staff for the own view", replace(BY_STAFF, purpose=Purpose.OWN_VIEW), "purpose.unsuited"),
    (
        "a partner for the own view",
        replace(TO_LENDER, purpose=Purpose.OWN_VIEW),
        "purpose.unsuited",
    ),
    ("the own view on consent", replace(OWN_VIEW, basis=LegalBasis.CONSENT), "basis.unsuited"),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
