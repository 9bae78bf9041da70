from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mingdai.trace.attributing import FAMILY_ERROR, attribute, error_of
from mingdai.trace.calibrating import read_calibration
from mingdai.trace.weighing import weigh
from mingdai.trace.words import DecoyTrial, Draws
from tests.trace.cases import make_case
from tests.trace.worlds import Leaking, Shape, as_case, leak, make_world

TABLE = read_calibration()
SHAPE = Shape(partners=20, people=4000, holders=2.5, affiliates=1, trait=1.5)


@pytest.fixture(scope="module")
def world():
    return make_world(SHAPE, 77)


@pytest.fixture(scope="module")
def baited():
    return make_world(replace(SHAPE, decoys=5, routing=0.0), 78)


def judged(world, **how):
    leaked = leak(world, Leaking(**{"found": 990, **how}))
    return leaked, attribute(as_case(world, leaked), TABLE)


def names(leaked):
    return {f"P{each:03d}" for each in leaked.guilty}


@pytest.mark.parametrize("gamma", [0.0, 1.0, 2.0])
@pytest.mark.parametrize("outside", [30, 300, 2000])
def test_an_innocent_list_accuses_nobody_whatever_trait_it_prefers(world, gamma, outside):
    for _ in range(3):
        _, found = judged(world, colluders=0, outside=outside, gamma=gamma)

        assert found.accuse == ()
        assert found.conclusion != "named"


def test_over_all_recipients_the_error_is_at_most_what_it_says(world):
    """Redraw every draw a hundred times: the smallest family-wise error is rarely small."""
    leaked = leak(world, Leaking(colluders=0, outside=1500, gamma=2.0))
    case = as_case(world, leaked)
    rng = np.random.default_rng(21)
    copies, draws = case.listed.copies, case.draws
    held = np.zeros((len(case.listed.weight), 20), bool)
    held[copies.person[copies.chosen], copies.partner[copies.chosen]] = True
    free = ~held[draws.person]
    chance = 1 / free.sum(axis=1)
    smallest = []
    for _ in range(100):
        partner = np.where(free, rng.random(free.shape), -1.0).argmax(axis=1)
        fresh = replace(case, draws=Draws(draws.person, partner, chance))
        smallest.append(error_of(fresh, weigh(fresh, FAMILY_ERROR / 20)).min())

    assert (np.array(smallest) <= 0.2).mean() <= 0.2 + 3 * 0.04
    assert (np.array(smallest) <= 0.02).mean() <= 0.02 + 3 * 0.014
    assert min(smallest) > FAMILY_ERROR


def test_who_leaked_a_thousand_rows_is_named_by_its_draws(world):
    leaked, found = judged(world, colluders=1, rows=1000, outside=0)

    assert set(found.accuse) == names(leaked)
    assert found.rank[0] in names(leaked)
    assert any(e.kind == "draws" and e.by_design and e.p_value < 1e-4 for e in found.evidence)


def test_one_exclusive_decoy_is_as_good_as_certain(baited):
    case = as_case(baited, leak(baited, Leaking(colluders=0, outside=400, found=990)))
    hits = np.zeros(20, np.int64)
    hits[7] = 1
    chance = np.full(20, 1e-6)

    found = attribute(replace(case, decoys=(DecoyTrial("exact", hits, chance),)), TABLE)

    assert found.accuse == ("P007",)
    assert found.prob["P007"] >= 0.99
    assert found.rank[0] == "P007"


def test_overlap_alone_is_worth_a_look_and_names_nobody(baited):
    leaked, found = judged(baited, colluders=1, rows=600, outside=0)
    bare = replace(as_case(baited, leaked), decoys=(), has_decoys=False)

    found = attribute(bare, TABLE)

    assert found.accuse == ()
    assert found.conclusion == "investigate"
    assert found.gamma_star > 1
    assert found.rank[0] in {name for group in found.groups for name in group} | names(leaked)
    assert all(not each.by_design and each.p_value is None for each in found.evidence)


def test_a_leaking_affiliate_is_shown_with_its_look_alike(world):
    case = as_case(world, leak(world, Leaking(colluders=0, outside=0)))
    first = sorted(set(world.person[(world.partner == 0) & ~world.drawn].tolist()))[:400]
    leaked = replace(
        leak(world, Leaking(colluders=0, outside=0)),
        listed=np.array(first),
        version=(world.joined[first] > 10**6).astype(int),
    )
    case = as_case(world, leaked)

    found = attribute(case, TABLE)

    assert ("P000", "P001") in found.groups


def test_a_list_that_fits_nobody_is_no_evidence(world):
    _, found = judged(world, colluders=0, outside=0)

    assert found.conclusion == "none"
    assert found.accuse == ()
    assert found.evidence == ()
    assert found.gamma_star == 0.0
    assert set(found.rank) == set(found.prob)
    assert max(found.prob.values()) < 0.05


def test_who_held_nobody_cannot_have_leaked():
    found = attribute(make_case(3, 40, [(p, p % 2) for p in range(40)], range(0, 40, 2)), TABLE)

    assert found.prob["P002"] == 0.0


@pytest.mark.parametrize("colluders", [1, 3])
def test_innocent_recipients_of_a_guilty_list_are_not_accused(world, colluders):
    for rows in (50, 500, 2000):
        leaked, found = judged(world, colluders=colluders, rows=rows, outside=300)

        assert set(found.accuse) <= names(leaked)
