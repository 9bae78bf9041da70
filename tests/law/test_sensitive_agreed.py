from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.sensitive_agreed import refusal
from tests.law.proposals import BY_STAFF, OWN_VIEW, TO_LENDER, code_of, granted

CASES = [
    ("each sensitive field agreed on its own", TO_LENDER, ""),
    (
        "general fields need no more",
        replace(granted(sensitive_agreed=()), fields=frozenset({"name", "mobile"})),
        "",
    ),
    ("own view", OWN_VIEW, ""),
    ("staff", replace(BY_STAFF, fields=frozenset({"bank_card"})), ""),
    (
        "the card without agreement",
        granted(sensitive_agreed=("id_number",)),
        "consent.sensitive_missing",
    ),
    (
        "the ID number without agreement, by policy",
        granted(sensitive_agreed=("bank_card",)),
        "consent.sensitive_missing",
    ),
    ("none agreed", granted(sensitive_agreed=()), "consent.sensitive_missing"),
    (
        "agreement to something else",
        granted(sensitive_agreed=("name", "mobile")),
        "consent.sensitive_missing",
    ),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
