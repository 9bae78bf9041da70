from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.trace.signals.decoys import chance_of_hits, weigh_decoys
from mingdai.trace.words import DecoyTrial
from tests.trace.cases import make_case


def trial(hits, chance, kind="exact"):
    return DecoyTrial(kind, np.array(hits), np.array(chance, dtype=float))


def case_of(*trials):
    return make_case(3, 5, [(0, 0), (1, 1), (2, 2)], [0, 1], decoys=trials)


def test_without_decoys_there_is_no_evidence():
    assert weigh_decoys(case_of()).tolist() == [1.0, 1.0, 1.0]


def test_one_hit_is_as_surprising_as_a_lucky_guess_is_rare():
    found = weigh_decoys(case_of(trial([1, 0, 0], [1e-7, 1e-7, 1e-7])))

    assert found == pytest.approx([1e-7, 1.0, 1.0])


def test_two_kinds_of_keys_pay_for_being_two():
    found = weigh_decoys(
        case_of(trial([1, 0, 0], [1e-7] * 3), trial([0, 1, 0], [1e-3] * 3, "masked"))
    )

    assert found == pytest.approx([2e-7, 2e-3, 1.0])


def test_a_masked_decoy_in_a_long_list_of_guesses_says_nothing():
    assert weigh_decoys(case_of(trial([3, 0, 0], [3.0] * 3, "masked")))[0] == 1.0


@given(hits=st.integers(1, 9), expected=st.floats(1e-9, 3.0))
def test_the_bound_is_above_the_poisson_tail(hits, expected):
    steps = np.arange(hits, hits + 60)
    logs = steps * np.log(expected) - np.cumsum(np.log(np.arange(1, hits + 60)))[hits - 1 :]
    tail = float(np.exp(logs - expected).sum())

    assert chance_of_hits(np.array([hits]), np.array([expected]))[0] >= tail * (1 - 1e-9)
