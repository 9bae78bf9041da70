from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from mingdai.trace.signals.tails import chernoff, upper_tail

KINDS = st.lists(
    st.tuples(st.integers(1, 8), st.floats(0.001, 0.9), st.integers(1, 3)), min_size=1, max_size=4
)


def by_hand(total, kinds):
    """Every outcome counted one by one."""
    single = [(unit, chance) for unit, chance, count in kinds for _ in range(count)]
    answer = 0.0
    for outcome in product((0, 1), repeat=len(single)):
        weight = sum(hit * unit for hit, (unit, _) in zip(outcome, single, strict=True))
        if weight >= total:
            answer += np.prod(
                [p if hit else 1 - p for hit, (_, p) in zip(outcome, single, strict=True)]
            )
    return float(answer)


def arrays(kinds):
    units, chances, counts = zip(*kinds, strict=True)
    return np.array(units), np.array(chances), np.array(counts, dtype=float)


@settings(max_examples=60, deadline=None)
@given(kinds=KINDS, total=st.integers(0, 30))
def test_the_tail_is_the_counted_one_never_below_it(kinds, total):
    true = by_hand(total, kinds)

    found = upper_tail(total, *arrays(kinds))

    assert found >= true * (1 - 1e-9)
    assert found <= true + 1e-9


@settings(max_examples=60, deadline=None)
@given(kinds=KINDS, total=st.integers(1, 30))
def test_chernoff_bounds_from_above(kinds, total):
    assert chernoff(total, *arrays(kinds)) >= by_hand(total, kinds) * (1 - 1e-6)


def test_nothing_seen_is_certain_and_more_than_possible_never_happens():
    kinds = np.array([3]), np.array([0.1]), np.array([5.0])

    assert upper_tail(0, *kinds) == 1.0
    assert upper_tail(16, *kinds) == 0.0


@pytest.mark.parametrize("seen", [300, 600, 2000])
def test_a_large_sum_agrees_with_the_binomial(seen):
    counted = binom.sf(seen - 1, 10_000, 0.02)

    found = upper_tail(seen, np.array([1]), np.array([0.02]), np.array([10_000.0]))

    assert counted <= found <= max(counted * 1.001 + 2e-12, 1e-12)
