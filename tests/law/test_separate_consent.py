from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.separate_consent import refusal
from mingdai.words import LegalBasis, Purpose, Route
from tests.law.proposals import BY_STAFF, OTHER, OWN_VIEW, TO_LENDER, DeskTicket, code_of, granted

CASES = [
    ("a grant that agrees in everything is enough", TO_LENDER, ""),
    ("an own view needs none", OWN_VIEW, ""),
    ("staff need none: another rule wants a ticket", BY_STAFF, ""),
    ("no grant", replace(TO_LENDER, grant=None), "consent.missing"),
    (
        "a ticket is no grant",
        replace(TO_LENDER, grant=None, ticket=DeskTicket()),
        "consent.missing",
    ),
    (
        "duty is no basis for a lead",
        replace(TO_LENDER, basis=LegalBasis.STATUTORY_DUTY),
        "consent.missing",
    ),
    (
        "access is no basis for a lead",
        replace(TO_LENDER, basis=LegalBasis.RIGHT_OF_ACCESS),
        "consent.missing",
    ),
    ("another person agreed", granted(borrower_id=OTHER), "consent.other_borrower"),
    ("agreed for another purpose", granted(purpose="onward_transfer"), "consent.other_purpose"),
    ("agreed to another method", granted(route="direct"), "consent.other_route"),
    ("sent by another method", replace(TO_LENDER, route=Route.DIRECT), "consent.other_route"),
    ("no text was shown", granted(wording_id=""), "consent.no_wording"),
    ("a partner views nobody", replace(TO_LENDER, purpose=Purpose.OWN_VIEW), "purpose.unsuited"),
    (
        "a partner handles no case",
        replace(TO_LENDER, purpose=Purpose.CASE_HANDLING),
        "purpose.unsuited",
    ),
    (
        "a partner relays no field",
        replace(granted(purpose="relay"), purpose=Purpose.RELAY),
        "purpose.unsuited",
    ),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
