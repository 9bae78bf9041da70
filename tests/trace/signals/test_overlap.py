from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mingdai.trace.signals.overlap import MOST_GAMMA, gamma_star, holders_of
from tests.trace.cases import make_case

NOBODY = np.zeros(0, dtype=np.int64)
THIRD = [(person, 0 if person % 3 == 0 else 1) for person in range(600)]


def gamma_of(listed, *, suspect=0, budget=1e-4, others=NOBODY, pairs=THIRD):
    case = make_case(2, 600, pairs, sorted(listed))
    return gamma_star(case, holders_of(case), suspect, others, budget)


def test_a_list_like_everybody_dissolves_at_once():
    assert gamma_of(range(0, 600, 2)) < 1


def test_the_stronger_the_overlap_the_stronger_a_trait_must_be():
    own = list(range(0, 300, 3))
    mixed = [gamma_of({*own, *range(1, stop, 3)}) for stop in (1, 60, 150)]

    assert mixed[0] > mixed[1] > mixed[2] > 1


def test_nobody_listed_is_no_evidence():
    assert gamma_of([], suspect=0) == 0.0


def test_what_another_suspect_also_held_does_not_count():
    pairs = [*THIRD, *((person, 1) for person in range(0, 600, 3))]

    assert gamma_of(range(0, 300, 3), others=np.array([1]), pairs=pairs) == 0.0


@settings(max_examples=30, deadline=None)
@given(share=st.floats(0.4, 1.0), seed=st.integers(0, 999))
def test_a_stricter_budget_dissolves_sooner(share, seed):
    rng = np.random.default_rng(seed)
    own = rng.choice(np.arange(0, 600, 3), int(100 * share), replace=False).tolist()
    other = rng.choice(np.arange(1, 600, 3), 100 - len(own), replace=False).tolist()
    listed = {*own, *other}

    strict, loose = (gamma_of(listed, budget=each) for each in (1e-6, 1e-2))

    assert 0.0 <= strict <= loose <= MOST_GAMMA
