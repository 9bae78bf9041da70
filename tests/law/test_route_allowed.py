from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.route_allowed import refusal
from mingdai.words import LicenceKind, Route
from tests.law.proposals import (
    BUREAU,
    BY_STAFF,
    DIRECT,
    LENDER,
    LENDER_PAGE,
    OWN_VIEW,
    TO_LENDER,
    code_of,
)


def direct_to(licence, exemption=""):
    return replace(DIRECT, recipient=replace(LENDER, licence=licence), exemption=exemption)


INCOME = frozenset({"name", "monthly_income"})

CASES = [
    ("by a bureau", TO_LENDER, ""),
    ("credit information by a bureau", replace(TO_LENDER, fields=INCOME), ""),
    ("direct to a small-loan lender", DIRECT, ""),
    ("direct to a bank with an exemption", direct_to(LicenceKind.BANK, "counsel-2026-01"), ""),
    ("a link without a field", LENDER_PAGE, ""),
    ("staff inside", BY_STAFF, ""),
    ("own view inside", OWN_VIEW, ""),
    ("direct to a bank", direct_to(LicenceKind.BANK), "route.direct_to_bank"),
    ("direct to consumer finance", direct_to(LicenceKind.CONSUMER_FINANCE), "route.direct_to_bank"),
    ("direct to a trust company", direct_to(LicenceKind.TRUST), "route.direct_to_bank"),
    ("a blank exemption", direct_to(LicenceKind.BANK, " "), "route.direct_to_bank"),
    (
        "direct to a bank without a field",
        replace(direct_to(LicenceKind.BANK), fields=frozenset()),
        "route.direct_to_bank",
    ),
    ("credit information direct", replace(DIRECT, fields=INCOME), "route.credit_information"),
    (
        "an exemption does not carry credit information",
        replace(direct_to(LicenceKind.BANK, "counsel-2026-01"), fields=INCOME),
        "route.credit_information",
    ),
    (
        "a link with one field",
        replace(LENDER_PAGE, fields=frozenset({"name"})),
        "route.carries_nothing",
    ),
    ("a bureau route without bureau", replace(TO_LENDER, carrier=None), "route.no_carrier"),
    ("direct with a carrier", replace(DIRECT, carrier=BUREAU), "route.unexpected_carrier"),
    ("a link with a carrier", replace(LENDER_PAGE, carrier=BUREAU), "route.unexpected_carrier"),
    ("a partner inside", replace(DIRECT, route=Route.INSIDE), "route.inside"),
    ("staff by a way out", replace(BY_STAFF, route=Route.DIRECT), "route.not_inside"),
    ("own view by a way out", replace(OWN_VIEW, route=Route.VIA_CREDIT_AGENCY), "route.not_inside"),
    ("own view by a carrier", replace(OWN_VIEW, carrier=BUREAU), "route.unexpected_carrier"),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
