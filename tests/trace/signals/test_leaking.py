from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mingdai.trace.signals.leaking import fit_leak, gain_of, heat_of, model_of
from tests.trace.cases import make_case

HALF = [(person, person % 2) for person in range(200)]


def test_the_leaker_takes_the_blame_and_the_other_none():
    case = make_case(2, 200, HALF, [person for person in range(200) if person % 2][:60])
    model = model_of(case)

    leak = fit_leak(model, np.arange(2))

    assert leak.rate[1] > 50 * leak.rate[0]
    assert abs(1 - np.exp(-leak.rate[1]) - 0.6) < 0.05
    assert gain_of(model, leak, np.array([1])) > 20
    assert gain_of(model, leak, np.array([0])) < 0.1


def test_a_list_of_anybody_is_background():
    case = make_case(2, 200, HALF, list(range(0, 200, 4)) + list(range(1, 200, 4)))
    model = model_of(case)

    leak = fit_leak(model, np.arange(2))

    assert max(gain_of(model, leak, np.array([each])) for each in (0, 1)) < 1


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_one_more_suspect_never_explains_less(seed):
    rng = np.random.default_rng(seed)
    pairs = [(p, int(r)) for p in range(80) for r in rng.choice(5, 2, replace=False)]
    listed = sorted(rng.choice(80, 20, replace=False).tolist())
    model = model_of(make_case(5, 80, pairs, listed, stratum=[p % 2 for p in range(80)]))

    few, more = fit_leak(model, np.arange(2)), fit_leak(model, np.arange(5))

    assert more.log_likelihood >= few.log_likelihood - 1e-4
    assert (more.rate >= 0).all()
    assert (heat_of(model, more) > 0).all()
    assert (few.rate[2:] == 0).all()
