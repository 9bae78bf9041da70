from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.not_expired import refusal
from tests.conftest import NOON
from tests.law.proposals import BY_STAFF, SECOND, TO_LENDER, code_of, granted

CASES = [
    ("inside the window", TO_LENDER, ""),
    ("at the moment it is given", granted(granted_at=NOON), ""),
    ("the last second", granted(expires_at=NOON + SECOND), ""),
    ("no grant", BY_STAFF, ""),
    ("a second before it is given", granted(granted_at=NOON + SECOND), "consent.not_yet"),
    ("at the end", granted(expires_at=NOON), "consent.expired"),
    ("a second after the end", granted(expires_at=NOON - SECOND), "consent.expired"),
    (
        "an end before the beginning",
        replace(TO_LENDER, at=NOON, grant=granted(granted_at=NOON, expires_at=NOON - SECOND).grant),
        "consent.expired",
    ),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
