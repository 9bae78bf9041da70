"""Exclusive decoys: a made-up borrower that one recipient alone ever had is in the list.

Nobody else can know it except by guessing its number or its mask; the expected number of lucky
guesses is computed from what the list shows (`DecoyTrial.chance`) and bounds the p-value.
Source: canary traps; docs/trace.md#decoys.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from mingdai.trace.words import Case, Floats, Ints


def weigh_decoys(case: Case) -> Floats:
    """For each recipient, the chance of this many hits by guessing, over all kinds of keys."""
    p_value = np.ones(len(case.partners))
    for trial in case.decoys:
        p_value = np.minimum(p_value, chance_of_hits(trial.hits, trial.chance))
    return np.minimum(1.0, p_value * max(1, len(case.decoys)))


def chance_of_hits(hits: Ints, expected: Floats) -> Floats:
    """P(at least `hits`), from above: the expected number of sets of that many lucky guesses."""
    logs = hits * np.log(np.maximum(expected, 1e-300)) - gammaln(hits + 1.0)
    return np.where(hits > 0, np.exp(np.minimum(0.0, logs)), 1.0)
