from __future__ import annotations

from dataclasses import replace

import pytest

from mingdai.law.minimal_fields import refusal
from mingdai.words import NEVER_ASKED
from tests.law.proposals import (
    BY_STAFF,
    NECESSARY,
    OWN_VIEW,
    TO_LENDER,
    code_of,
    granted,
)

WITH_EMAIL = replace(
    granted(fields=(*NECESSARY, "email")),
    fields=frozenset({*NECESSARY, "email"}),
    registered={**dict.fromkeys(NECESSARY, ""), "email": "合同送达"},
)

CASES = [
    ("the necessary set needs no reason", TO_LENDER, ""),
    ("fewer than granted", replace(TO_LENDER, fields=frozenset({"name"})), ""),
    ("nothing at all", replace(TO_LENDER, fields=frozenset()), ""),
    ("one more with its necessity stated", WITH_EMAIL, ""),
    (
        "own view of the whole catalogue",
        replace(OWN_VIEW, fields=frozenset({"email", "address"})),
        "",
    ),
    ("staff fields are the ticket's to limit", BY_STAFF, ""),
    ("one field beyond the grant", granted(fields=NECESSARY[:-1]), "consent.other_fields"),
    (
        "granted but not registered",
        replace(WITH_EMAIL, registered=dict.fromkeys(NECESSARY, "")),
        "fields.not_registered",
    ),
    (
        "a grant wider than the registration",
        replace(WITH_EMAIL, fields=frozenset({"name"}), registered=dict.fromkeys(NECESSARY, "")),
        "fields.not_registered",
    ),
    ("nothing registered", replace(TO_LENDER, registered={}), "fields.not_registered"),
    (
        "no necessity stated",
        replace(WITH_EMAIL, registered=dict.fromkeys([*NECESSARY, "email"], "")),
        "fields.no_necessity",
    ),
    (
        "a blank necessity",
        replace(WITH_EMAIL, registered=dict.fromkeys([*NECESSARY, "email"], " ")),
        "fields.no_necessity",
    ),
    (
        "a kind outside the catalogue",
        replace(TO_LENDER, fields=frozenset({"zodiac"})),
        "fields.unknown",
    ),
    (
        "own view of a kind outside the catalogue",
        replace(OWN_VIEW, fields=frozenset({"zodiac"})),
        "fields.unknown",
    ),
    ("staff ask for the album", replace(BY_STAFF, fields=frozenset({"album"})), "fields.forbidden"),
    *[
        (f"{code} in proposal, grant or registration", proposal, "fields.forbidden")
        for code, _, _ in NEVER_ASKED
        for proposal in (
            replace(TO_LENDER, fields=frozenset({code})),
            granted(fields=(*NECESSARY, code)),
            replace(TO_LENDER, registered={**TO_LENDER.registered, code: "风控"}),
        )
    ],
]


@pytest.mark.parametrize(("claim", "proposal", "code"), CASES, ids=[each[0] for each in CASES])
def test_the_rule_answers_as_the_table_says(claim, proposal, code):
    assert code_of(refusal(proposal)) == code, claim
