from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.onward_transfer import refusal
from mingdai.words import Purpose
from tests.law.proposals import (
    BY_STAFF,
    ONWARD,
    OWN_VIEW,
    TO_LENDER,
    SheetGrant,
    code_of,
    granted,
)

CASES = [
    ("one hop", TO_LENDER, ""),
    ("a carrier of sealed bytes is not a hop", TO_LENDER, ""),
    ("two hops by a grant of its own", ONWARD, ""),
    ("three by a grant of its own", replace(ONWARD, hops=3), ""),
    ("inside", BY_STAFF, ""),
    ("two hops on the first consent", replace(TO_LENDER, hops=2), "onward.no_grant"),
    (
        "two hops, purpose relabelled, grant not",
        replace(TO_LENDER, hops=2, purpose=Purpose.ONWARD_TRANSFER),
        "onward.no_grant",
    ),
    (
        "two hops, grant relabelled, purpose not",
        replace(granted(purpose="onward_transfer"), hops=2),
        "onward.no_grant",
    ),
    (
        "two hops on a grant to another",
        replace(ONWARD, grant=SheetGrant(purpose="onward_transfer", recipient_id="shili-2")),
        "onward.no_grant",
    ),
    ("two hops without grant", replace(ONWARD, grant=None), "onward.no_grant"),
    ("an own view does not hop", replace(OWN_VIEW, hops=2), "onward.no_grant"),
    ("no hop is not a count", replace(TO_LENDER, hops=0), "onward.bad_hops"),
    ("nor is less", replace(TO_LENDER, hops=-1), "onward.bad_hops"),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
