from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law import RULES
from mingdai.law.judging import refusals
from mingdai.law.own_relay import refusal
from mingdai.words import LegalBasis, Proposal, Purpose, Route
from tests.conftest import NOON
from tests.law.proposals import (
    BORROWER,
    BY_STAFF,
    EMPLOYEE,
    OTHER,
    OWN_VIEW,
    SELF,
    TO_LENDER,
    SheetGrant,
    code_of,
)

SETTING = SheetGrant(
    recipient_id=f"borrower:{BORROWER}",
    carrier_id=None,
    purpose="relay",
    fields=("email",),
    route="inside",
)
RELAY = Proposal(
    borrower_id=BORROWER,
    recipient=SELF,
    purpose=Purpose.RELAY,
    fields=frozenset({"email"}),
    route=Route.INSIDE,
    basis=LegalBasis.CONSENT,
    at=NOON,
    grant=SETTING,
)

CASES = [
    ("the own letter, on the own setting", RELAY, ""),
    ("an own view is another rule's", OWN_VIEW, ""),
    ("a lender is another rule's", TO_LENDER, ""),
    ("staff are another rule's", BY_STAFF, ""),
    ("no setting", replace(RELAY, grant=None), "relay.no_setting"),
    (
        "a grant to a lender is no setting",
        replace(RELAY, grant=SheetGrant()),
        "relay.no_setting",
    ),
    (
        "a setting without its text",
        replace(RELAY, grant=replace(SETTING, wording_id="")),
        "relay.no_setting",
    ),
    (
        "another's setting",
        replace(RELAY, grant=replace(SETTING, borrower_id=OTHER)),
        "relay.other_person",
    ),
    ("another's letter", replace(RELAY, borrower_id=OTHER), "relay.other_person"),
    (
        "the mobile number too",
        replace(RELAY, fields=frozenset({"email", "mobile"})),
        "relay.other_fields",
    ),
    ("nothing at all", replace(RELAY, fields=frozenset()), "relay.other_fields"),
    ("an employee", replace(RELAY, recipient=EMPLOYEE), "purpose.unsuited"),
    (
        "the right of access",
        replace(RELAY, basis=LegalBasis.RIGHT_OF_ACCESS),
        "basis.unsuited",
    ),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_a_letter_goes_on_to_its_borrower_alone(claim, proposal, code):
    assert code_of(refusal(proposal)) == code


def test_no_other_rule_stands_in_the_way_of_a_relay():
    assert refusals(RELAY, RULES) == []


def test_a_setting_that_was_switched_off_or_ended_is_refused():
    off = replace(RELAY, grant=replace(SETTING, withdrawn_at=NOON))
    over = replace(RELAY, grant=replace(SETTING, expires_at=NOON))

    assert [each.code for each in refusals(off, RULES)] == ["consent.withdrawn"]
    assert [each.code for each in refusals(over, RULES)] == ["consent.expired"]
