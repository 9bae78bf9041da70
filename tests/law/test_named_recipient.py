from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.named_recipient import refusal
from tests.law.proposals import (
    BUREAU,
    BY_STAFF,
    DIRECT,
    LENDER,
    OWN_VIEW,
    TO_LENDER,
    code_of,
    granted,
)

CASES = [
    ("the named lender by the named carrier", TO_LENDER, ""),
    ("the named lender, no carrier on either side", DIRECT, ""),
    ("staff are named by the ticket", BY_STAFF, ""),
    ("the borrower is named by the record", OWN_VIEW, ""),
    ("the grant names another", granted(recipient_id="shili-bank"), "consent.other_recipient"),
    (
        "another recipient under the same name",
        replace(TO_LENDER, recipient=replace(LENDER, id="shili-2")),
        "consent.other_recipient",
    ),
    (
        "no legal name",
        replace(TO_LENDER, recipient=replace(LENDER, legal_name=" ")),
        "recipient.unnamed",
    ),
    (
        "no id",
        replace(granted(recipient_id=""), recipient=replace(LENDER, id="")),
        "recipient.unnamed",
    ),
    (
        "another carrier",
        replace(TO_LENDER, carrier=replace(BUREAU, id="shili-b2")),
        "consent.other_carrier",
    ),
    ("the named carrier left out", replace(TO_LENDER, carrier=None), "consent.other_carrier"),
    ("a carrier nobody named", granted(carrier_id=None), "consent.other_carrier"),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
