"""Lay open what every number of a judged list is computed from, so that a reader can do it again.

Counts, logged probabilities and the figures that calibration reads: of recipients, never of people.
`recomputing` goes the other way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mingdai.trace.signals.draws import UNITS, Sum
from mingdai.trace.weighing import FIGURES, Weights
from mingdai.trace.words import Case, Floats

_DIGITS = 9
"""Significant digits of a figure; a probability keeps five."""


def inputs_of(case: Case, weights: Weights, shares: Mapping[str, Floats]) -> dict[str, Any]:
    """The `inputs` of docs/trace.md#files, as JSON takes them."""
    names, held = case.partners, case.held > 0
    listed = np.bincount(case.listed.copies.partner, minlength=len(names))
    return {
        "holders": int(held.sum()),
        "shares": {
            design: {names[each]: _short(share[each]) for each in np.flatnonzero(share > 0)}
            for design, share in shares.items()
        },
        "draws": {names[each]: _sum(one) for each, one in weights.draws.sums.items() if held[each]},
        "decoys": {
            names[each]: [[int(t.hits[each]), _short(t.chance[each])] for t in case.decoys]
            for each in np.flatnonzero(sum((t.hits for t in case.decoys), np.zeros(len(names))))
        },
        "trials": [each.kind for each in case.decoys],
        "listed_and_held": {names[each]: int(listed[each]) for each in np.flatnonzero(listed)},
        "figures": {
            "names": list(FIGURES),
            "of": {names[each]: _row(weights.table[each]) for each in np.flatnonzero(held)},
        },
    }


def _sum(one: Sum) -> dict[str, Any]:
    """Weights in eighths; each group as weight, probability, how many draws."""
    groups = zip(one.units, one.chances, one.counts, strict=True)
    return {
        "unit": 1 / UNITS,
        "total": one.total,
        "groups": [[int(unit), _short(chance), int(count)] for unit, chance, count in groups],
    }


def _row(figures: Floats) -> list[float]:
    return [_short(each) for each in figures]


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
