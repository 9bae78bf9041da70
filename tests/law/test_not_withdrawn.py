from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.not_withdrawn import refusal
from tests.conftest import NOON
from tests.law.proposals import BY_STAFF, SECOND, TO_LENDER, code_of, granted

CASES = [
    ("never withdrawn", TO_LENDER, ""),
    ("a second before the withdrawal stays lawful", granted(withdrawn_at=NOON + SECOND), ""),
    ("no grant, nothing to withdraw", BY_STAFF, ""),
    ("at the very moment", granted(withdrawn_at=NOON), "consent.withdrawn"),
    ("a second after", granted(withdrawn_at=NOON - SECOND), "consent.withdrawn"),
    (
        "a withdrawn grant beside a ticket",
        replace(BY_STAFF, grant=granted(withdrawn_at=NOON).grant),
        "consent.withdrawn",
    ),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
