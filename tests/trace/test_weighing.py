from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingdai.trace.weighing import FIGURES, weigh
from tests.trace.cases import make_case
from tests.trace.worlds import Leaking, Shape, as_case, leak, make_world

BUDGET = 1e-4


@pytest.fixture(scope="module")
def world():
    return make_world(Shape(partners=15, people=3000, affiliates=1), 31)


def figure(weights, name, partner):
    return float(weights.table[partner, FIGURES.index(name)])


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), listed=st.integers(0, 40), size=st.integers(1, 6))
def test_every_figure_of_every_case_is_a_number(seed, listed, size):
    rng = np.random.default_rng(seed)
    pairs = [(p, int(r)) for p in range(60) for r in np.unique(rng.integers(0, size, 2))]
    some = sorted(rng.choice(60, listed, replace=False).tolist())
    draws = [(p, int(rng.integers(size)), 0.2) for p in range(0, 60, 3)]

    weights = weigh(make_case(size, 60, pairs, some, draws=draws), BUDGET)

    assert weights.table.shape == (size, len(FIGURES))
    assert np.isfinite(weights.table).all()
    assert abs(weights.stake.sum() - 1) < 1e-9
    assert (weights.stake >= 0).all()


def test_stakes_do_not_move_when_the_draws_fall_otherwise(world):
    """What a recipient stakes may look at the list, never at a draw; else the error is not held."""
    case = as_case(world, leak(world, Leaking(colluders=1, rows=300, outside=300)))
    rng = np.random.default_rng(8)
    drawn = ~case.listed.copies.chosen
    other = rng.integers(0, 15, int(drawn.sum()))
    before = weigh(case, BUDGET).stake

    case.listed.copies.partner[drawn] = other
    case.draws.partner[:] = rng.integers(0, 15, len(case.draws.partner))

    assert weigh(case, BUDGET).stake == pytest.approx(before, abs=1e-9)


def test_the_leaker_gains_most_and_dissolves_last(world):
    leaked = leak(world, Leaking(colluders=1, rows=400, outside=0, found=990))
    guilty = leaked.guilty[0]

    weights = weigh(as_case(world, leaked), BUDGET)

    mates = next((group for group in weights.groups if guilty in group), (guilty,))
    assert int(np.argmax(weights.gain)) in mates
    assert figure(weights, "lead", guilty) == 1.0
    assert weights.gamma[guilty] > 1


def test_affiliates_are_a_group_whoever_leaked(world):
    weights = weigh(as_case(world, leak(world, Leaking(colluders=0, outside=500))), BUDGET)

    assert weights.groups == (world.twins[0],)
