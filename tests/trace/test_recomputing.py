"""Every number follows from the inputs; whichever is changed, the check that holds it fails."""

from __future__ import annotations

import copy

import pytest

from mingdai.errors import Invalid
from mingdai.trace.attributing import FAMILY_ERROR
from mingdai.trace.lists import unread_record
from mingdai.trace.recomputing import CHECKS, error_again, recompute
from tests.trace.judged import TABLE, named, nobody, overlapping

RESULT = named()


def flaws(raw) -> set[str]:
    return {each.code for each in recompute(raw, TABLE) if not each.holds}


def changed(*path, to):
    raw = copy.deepcopy(RESULT)
    place = raw
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to(place[path[-1]])
    return raw


@pytest.mark.parametrize("make", [named, nobody, overlapping])
def test_an_honest_result_holds(make):
    checks = recompute(make(), TABLE)

    assert [each.code for each in checks] == list(CHECKS)
    assert [each for each in checks if not each.holds] == []


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("rows", changed("matched", to=lambda n: n + 1000)),
        ("chances", changed("evidence", 0, "p_value", to=lambda p: p / 2)),
        ("chances", changed("inputs", "draws", "P000", "total", to=lambda n: n - 8)),
        ("chances", changed("inputs", "decoys", "P000", 0, 1, to=lambda p: p * 2)),
        ("bits", changed("evidence", 0, "bits", to=lambda bits: bits + 1)),
        ("shares", changed("family_error", to=lambda _: 0.05)),
        ("shares", changed("inputs", "shares", "draws", "P001", to=lambda _: 0.9)),
        ("named", changed("accuse", to=lambda _: [])),
        ("named", changed("accuse", to=lambda names: [*names, "P003"])),
        ("probabilities", changed("prob", "P001", to=lambda p: p + 0.1)),
        ("probabilities", changed("inputs", "figures", "of", "P002", 3, to=lambda x: x + 3)),
        ("rank", changed("rank", to=lambda names: names[::-1])),
        ("conclusion", changed("conclusion", to=lambda _: "none")),
        ("conclusion", changed("gamma_star", to=lambda gamma: gamma * 2 + 5)),
    ],
)
def test_a_number_that_does_not_follow_is_found(code, raw):
    assert code in flaws(raw)


def test_a_design_names_below_its_share_of_the_error():
    errors = error_again(RESULT)

    assert errors["P000"] <= FAMILY_ERROR
    assert all(errors[name] > FAMILY_ERROR for name in errors if name != "P000")


def test_a_result_without_inputs_is_refused():
    raw = {name: value for name, value in RESULT.items() if name != "inputs"}

    with pytest.raises(Invalid, match=r"result\.inputs"):
        recompute(raw, TABLE)


def test_a_list_that_could_not_be_read_speaks_against_nobody():
    raw = unread_record(("P000", "P001"), Invalid(code="list.form", reason="broken", field="FILE"))

    assert flaws(raw) == set()
    assert flaws({**raw, "prob": {"P000": 0.3}}) == {"nothing"}
