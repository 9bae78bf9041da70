"""Logged random draws: listed people were drawn for this recipient more often than chance allows.

Given everybody who is in the list and has a draw, an innocent recipient was drawn for each with at
most the logged probability, whatever selected the list, because nobody outside knew the draw.  If
another recipient leaked, its own draws are over-represented and this count can only be smaller.
People the recipient held anyway could not be drawn for it and are left out.  The weights depend on
the list and on chosen copies, never on a draw.
Source: Fisher's exact conditional test; docs/trace.md#draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mingdai.trace.signals.tails import upper_tail
from mingdai.trace.words import Case, Draws, Flags, Floats, Ints

UNITS = 8
"""Weights are whole eighths; below one sixteenth a draw says nothing."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a p-value is made of: `total` eighths seen of draws of like weight and probability."""

    total: int
    units: Ints
    chances: Floats
    counts: Floats

    @property
    def p_value(self) -> float:
        """The chance of at least `total`."""
        return upper_tail(self.total, self.units, self.chances, self.counts)


@dataclass(frozen=True, slots=True)
class DrawTest:
    """For each recipient: weighted draws seen and expected by chance, p-value, plain count.

    `sums` has what was tested, by recipient: those with more draws than expected.
    """

    seen: Floats
    expected: Floats
    p_value: Floats
    drawn: Ints
    sums: dict[int, Sum]


def weigh_draws(case: Case, listing: Floats | None = None, leak: Floats | None = None) -> DrawTest:
    """The conditional test for each recipient; without draws every p-value is 1.

    `listing` is, for each draw, how probable the person's listing is without this draw, and `leak`,
    for each recipient, the share of its copies it would have leaked; both from chosen copies only.
    They sharpen the count; without them a draw weighs its match's certainty.
    """
    draws, kept = usable(case)
    size = len(case.partners)
    none = np.zeros(size, dtype=np.int64)
    test = DrawTest(np.zeros(size), np.zeros(size), np.ones(size), none, {})
    if len(draws.person) == 0:
        return test
    listing = None if listing is None else listing[kept]
    certainty = case.listed.weight[draws.person]
    levels, level_of = np.unique(np.round(draws.propensity, 12), return_inverse=True)
    for partner, barred in enumerate(_barred(case, draws)):
        gain = certainty
        if listing is not None and leak is not None:
            gain = _gain(certainty, listing, float(leak[partner]))
        units = np.where(barred, 0, np.rint(UNITS * gain)).astype(np.int64)
        hit = draws.partner == partner
        test.drawn[partner] = int((hit & (units > 0)).sum())
        total = int(units[hit].sum())
        test.seen[partner] = total / UNITS
        test.expected[partner] = float((units * draws.propensity).sum()) / UNITS
        if test.seen[partner] > test.expected[partner]:
            test.sums[partner] = _sum(total, units, levels, level_of)
            test.p_value[partner] = test.sums[partner].p_value
    return test


def usable(case: Case) -> tuple[Draws, Ints]:
    """Each draw once, and its place in the case; those without a probability are left out.

    No draw is rarer than one among all recipients, so a smaller probability is taken for a slip and
    raised, which weakens the evidence.
    """
    draws, size = case.draws, len(case.partners)
    known = np.flatnonzero((draws.propensity > 0) & (draws.propensity <= 1))
    pair = draws.person[known] * size + draws.partner[known]
    kept = known[np.unique(pair, return_index=True)[1]]
    propensity = np.maximum(draws.propensity[kept], 1 / max(1, size))
    return Draws(draws.person[kept], draws.partner[kept], propensity), kept


def _sum(total: int, units: Ints, levels: Floats, level_of: Ints) -> Sum:
    """Draws of the same weight and probability together; those of no weight left out."""
    counts = np.bincount(units * len(levels) + level_of).astype(np.float64)
    kinds = np.flatnonzero(counts)
    kinds = kinds[kinds >= len(levels)]
    return Sum(total, kinds // len(levels), levels[kinds % len(levels)], counts[kinds])


def _gain(certainty: Floats, listing: Floats, leak: float) -> Floats:
    """Between certainty alone and the log likelihood ratio of a drawn copy, largest 1.

    The ratio would be best were the leak model true; its geometric mean with the plain count lost
    little where it is and won where leaks follow what the strata do not show (docs/trace.md#draws).
    """
    known = np.clip(listing, 1e-9, 1 - 1e-9)
    ratio = np.log1p(certainty * max(leak, 1e-6) * (1 - known) / known)
    gain = np.sqrt(certainty * ratio)
    return np.asarray(gain / gain.max())


def _barred(case: Case, draws: Draws) -> Iterator[Flags]:
    """For each recipient, the draws of people it held anyway."""
    copies = case.listed.copies
    chosen = np.flatnonzero(copies.chosen)
    order = chosen[np.argsort(copies.partner[chosen], kind="stable")]
    starts = np.searchsorted(copies.partner[order], np.arange(len(case.partners) + 1))
    held = np.zeros(len(case.listed.weight), dtype=bool)
    for begin, end in pairwise(starts):
        people = copies.person[order[begin:end]]
        held[people] = True
        yield held[draws.person]
        held[people] = False
