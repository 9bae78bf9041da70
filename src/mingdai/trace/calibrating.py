"""Probabilities from figures, by a table fitted on made-up worlds with hidden traits.

Two steps: an additive logistic score over hinges of each figure, which ranks, and an isotonic table
from score to frequency, which is read as a probability.  The probability holds in the table's
domain only; `python -m bench.trace_calibration` makes it again.
Source: Zadrozny and Elkan 2002 (isotonic calibration); docs/trace.md#probability.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mingdai.trace.words import Floats

TABLE = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted table and the words that say where it holds."""

    version: int
    domain: str
    figures: tuple[str, ...]
    ranges: tuple[tuple[float, float], ...]
    """Least and most of each figure in the made-up worlds; beyond it nothing was learnt."""
    knots: tuple[tuple[float, ...], ...]
    products: tuple[tuple[str, str], ...]
    weights: Floats
    scores: Floats
    """Increasing scores of the isotonic steps."""
    chances: Floats
    """Frequencies at those scores, never decreasing."""
    domain_zh: str = ""
    """The domain in Chinese."""


def read_calibration(path: Path = TABLE) -> Calibration:
    """The table in the package, or another of the same form."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Calibration(
        version=int(raw["version"]),
        domain=str(raw["domain"]),
        figures=tuple(raw["figures"]),
        ranges=tuple((float(low), float(high)) for low, high in raw["ranges"]),
        knots=tuple(tuple(float(each) for each in knots) for knots in raw["knots"]),
        products=tuple((str(one), str(other)) for one, other in raw["products"]),
        weights=np.asarray(raw["weights"], dtype=np.float64),
        scores=np.asarray(raw["scores"], dtype=np.float64),
        chances=np.asarray(raw["chances"], dtype=np.float64),
        domain_zh=str(raw.get("domain_zh", "")),
    )


def hinges(table: Floats, calibration: Calibration) -> Floats:
    """A constant, each figure in its range, its hinges at the knots, products of figures."""
    low, high = np.array(calibration.ranges).T
    table = np.clip(table, low, high)
    columns = [np.ones(len(table))]
    for column, knots in zip(table.T, calibration.knots, strict=True):
        columns += [column, *(np.maximum(0.0, column - knot) for knot in knots)]
    at = {name: place for place, name in enumerate(calibration.figures)}
    columns += [table[:, at[one]] * table[:, at[other]] for one, other in calibration.products]
    return np.column_stack(columns)


def score(table: Floats, calibration: Calibration) -> Floats:
    """Log odds before calibration: what recipients are ranked by."""
    return np.asarray(hinges(table, calibration) @ calibration.weights)


def probability(scores: Floats, calibration: Calibration) -> Floats:
    """Frequency of leaking among recipients of such a score in the made-up worlds."""
    return np.interp(scores, calibration.scores, calibration.chances)
