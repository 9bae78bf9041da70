from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.adult import refusal
from mingdai.words import Purpose
from tests.law.proposals import BY_STAFF, ONWARD, OWN_VIEW, TO_LENDER, code_of

CASES = [
    ("eighteen", replace(TO_LENDER, age=18), ""),
    ("older", TO_LENDER, ""),
    ("a minor sees the own record", replace(OWN_VIEW, age=15), ""),
    ("staff handle a minor's complaint", replace(BY_STAFF, age=15), ""),
    ("seventeen", replace(TO_LENDER, age=17), "borrower.under_18"),
    ("not born yet", replace(TO_LENDER, age=-1), "borrower.under_18"),
    ("unknown", replace(TO_LENDER, age=None), "borrower.under_18"),
    ("unknown, onward", replace(ONWARD, age=None), "borrower.under_18"),
    (
        "staff for credit, seventeen",
        replace(BY_STAFF, purpose=Purpose.CREDIT_DECISION, age=17),
        "borrower.under_18",
    ),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
