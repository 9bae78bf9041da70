from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bench.trace_calibration import fit, write
from mingdai.trace.calibrating import hinges, probability, read_calibration, score
from mingdai.trace.weighing import FIGURES

TABLE = read_calibration()


def test_the_table_in_the_package_is_of_the_figures_that_are_weighed():
    assert TABLE.figures == FIGURES
    assert hinges(np.zeros((2, len(FIGURES))), TABLE).shape == (2, len(TABLE.weights))
    assert "made-up worlds" in TABLE.domain


def test_steps_never_fall_and_never_reach_certainty():
    assert (np.diff(TABLE.scores) > 0).all()
    assert (np.diff(TABLE.chances) >= 0).all()
    assert TABLE.chances.min() > 0
    assert TABLE.chances.max() < 1


@given(arrays(np.float64, 5, elements=st.floats(-1e9, 1e9)))
def test_a_probability_keeps_the_order_of_the_scores(scores):
    ordered = np.sort(scores)

    found = probability(ordered, TABLE)

    assert ((found > 0) & (found < 1)).all()
    assert (np.diff(found) >= 0).all()


def test_a_fit_on_known_chances_gives_them_back(tmp_path):
    """Truth drawn from one figure: the fitted probabilities are the chances it was drawn with."""
    rng = np.random.default_rng(3)
    table = rng.normal(size=(8000, len(FIGURES))).round(2)
    chance = 1 / (1 + np.exp(3 - 2 * table[:, FIGURES.index("gain")]))
    truth = (rng.random(8000) < chance).astype(float)

    write(fit(table, truth, np.arange(8000) // 4), tmp_path / "table.json")
    fitted = read_calibration(tmp_path / "table.json")

    found = probability(score(table, fitted), fitted)
    assert np.abs(found - chance).mean() < 0.05
