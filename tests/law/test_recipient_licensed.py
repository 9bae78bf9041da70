from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mingdai.law.recipient_licensed import refusal
from mingdai.words import LicenceKind, PartnerKind
from tests.law.proposals import (
    BUREAU,
    BY_STAFF,
    DIRECT,
    EMPLOYEE,
    LENDER,
    OWN_VIEW,
    TO_LENDER,
    code_of,
)


def lender(**changes):
    return replace(TO_LENDER, recipient=replace(LENDER, **changes))


def bureau(**changes):
    return replace(TO_LENDER, carrier=replace(BUREAU, **changes))


LAST_SECOND = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)
NEXT_DAY = datetime(2026, 11, 23, 16, 0, 0, tzinfo=UTC)

CASES = [
    *[
        (f"a lender with a licence as {each}", lender(licence=each), "")
        for each in map(LicenceKind, ("bank", "consumer_finance", "small_loan", "trust"))
    ],
    ("no carrier", DIRECT, ""),
    ("staff hold no licence", BY_STAFF, ""),
    ("nor does the borrower", OWN_VIEW, ""),
    (
        "the last day in Asia/Shanghai",
        replace(lender(licence_until=date(2026, 11, 23)), at=LAST_SECOND),
        "",
    ),
    (
        "the day after it",
        replace(lender(licence_until=date(2026, 11, 23)), at=NEXT_DAY),
        "recipient.unlicensed",
    ),
    *[
        (f"a lender with {each} only", lender(licence=each), "recipient.unlicensed")
        for each in (LicenceKind.NONE, LicenceKind.GUARANTEE, LicenceKind.CREDIT_REPORTING)
    ],
    *[
        (f"a {each} is not a lender", lender(partner_kind=each), "recipient.unlicensed")
        for each in (*PartnerKind, None)
        if each is not PartnerKind.LENDER
    ],
    ("a suspended lender", lender(active=False), "recipient.suspended"),
    (
        "an employee who left",
        replace(BY_STAFF, recipient=replace(EMPLOYEE, active=False)),
        "recipient.suspended",
    ),
    ("a carrier without licence", bureau(licence=LicenceKind.NONE), "carrier.unlicensed"),
    ("a carrier that is a channel", bureau(partner_kind=PartnerKind.CHANNEL), "carrier.unlicensed"),
    (
        "a carrier whose licence ended",
        bureau(licence_until=date(2026, 11, 22)),
        "carrier.unlicensed",
    ),
    ("a carrier that is no partner", replace(TO_LENDER, carrier=EMPLOYEE), "carrier.unlicensed"),
    ("a suspended carrier", bureau(active=False), "carrier.suspended"),
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
