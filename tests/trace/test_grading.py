from __future__ import annotations

import pytest

from mingdai.trace.grading import Bearing, covers, grade
from mingdai.trace.models import Grade

OWN = frozenset({"heyan.example"})

CASES = [
    ("the lender's own domain", "heyan.example", Bearing(False, True, OWN), Grade.EXPECTED),
    ("a subdomain of it", "mail.heyan.example", Bearing(False, True, OWN), Grade.EXPECTED),
    ("a stranger with papers", "other.example", Bearing(False, True, OWN), Grade.OTHER),
    ("a look-alike", "notheyan.example", Bearing(False, True, OWN), Grade.OTHER),
    ("nobody vouches", "", Bearing(False, True, OWN), Grade.UNAUTHENTICATED),
    (
        "no domain is registered yet",
        "heyan.example",
        Bearing(False, True, frozenset()),
        Grade.OTHER,
    ),
    ("the lender after the end", "heyan.example", Bearing(False, False, OWN), Grade.UNBOUND),
    ("a stranger after the end", "other.example", Bearing(False, False, OWN), Grade.UNBOUND),
    ("a decoy's own lender", "heyan.example", Bearing(True, True, OWN), Grade.EXPECTED),
    ("a decoy and a stranger", "other.example", Bearing(True, True, OWN), Grade.DECOY),
    ("a decoy and a forger", "", Bearing(True, True, OWN), Grade.DECOY),
    ("a decoy that ended", "heyan.example", Bearing(True, False, OWN), Grade.DECOY),
]


@pytest.mark.parametrize(
    ("claim", "sender", "bearing", "expected"), CASES, ids=[c[0] for c in CASES]
)
def test_a_letter_has_the_grade_its_sender_and_alias_give_it(claim, sender, bearing, expected):
    assert grade(sender, bearing) is expected


def test_nothing_is_covered_by_no_domain():
    assert not covers([], "heyan.example")
    assert not covers(OWN, "")
