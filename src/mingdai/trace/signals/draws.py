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
from mingdai.trace.words import Case, Flags, Floats, Ints

UNITS = 8
"""Weights are whole eighths; below one sixteenth a draw says nothing."""


@dataclass(frozen=True, slots=True)
class DrawTest:
    """For each recipient: weighted draws seen and expected by chance, p-value, plain count."""

    seen: Floats
    expected: Floats
    p_value: Floats
    drawn: Ints


def weigh_draws(case: Case, listing: Floats | None = None, leak: Floats | None = None) -> DrawTest:
    """The conditional test for each recipient; without draws every p-value is 1.

    `listing` is, for each draw, how probable the person's listing is without this draw, and `leak`,
    for each recipient, the share of its copies it would have leaked; both from chosen copies only.
    They make the count the most powerful sum; without them a draw weighs its match's certainty.
    """
    draws, size = case.draws, len(case.partners)
    test = DrawTest(np.zeros(size), np.zeros(size), np.ones(size), np.zeros(size, dtype=np.int64))
    if len(draws.person) == 0:
        return test
    certainty = case.listed.weight[draws.person]
    levels, level_of = np.unique(np.round(draws.propensity, 12), return_inverse=True)
    for partner, barred in enumerate(_barred(case)):
        gain = 1.0 if listing is None or leak is None else _gain(listing, float(leak[partner]))
        units = np.where(barred, 0, np.rint(UNITS * certainty * gain)).astype(np.int64)
        hit = draws.partner == partner
        test.drawn[partner] = int((hit & (units > 0)).sum())
        total = int(units[hit].sum())
        test.seen[partner] = total / UNITS
        test.expected[partner] = float((units * draws.propensity).sum()) / UNITS
        if test.seen[partner] > test.expected[partner]:
            counts = np.bincount(units * len(levels) + level_of).astype(np.float64)
            kinds = np.flatnonzero(counts)
            kinds = kinds[kinds >= len(levels)]
            groups = kinds // len(levels), levels[kinds % len(levels)], counts[kinds]
            test.p_value[partner] = upper_tail(total, *groups)
    return test


def _gain(listing: Floats, leak: float) -> Floats:
    """Log likelihood ratio of a drawn copy, against the largest among these draws."""
    known = np.clip(listing, 1e-9, 1 - 1e-9)
    gain = np.log1p(max(leak, 1e-6) * (1 - known) / known)
    return np.asarray(gain / gain.max())


def _barred(case: Case) -> Iterator[Flags]:
    """For each recipient, the draws of people it held anyway."""
    copies = case.listed.copies
    chosen = np.flatnonzero(copies.chosen)
    order = chosen[np.argsort(copies.partner[chosen], kind="stable")]
    starts = np.searchsorted(copies.partner[order], np.arange(len(case.partners) + 1))
    held = np.zeros(len(case.listed.weight), dtype=bool)
    for begin, end in pairwise(starts):
        people = copies.person[order[begin:end]]
        held[people] = True
        yield held[case.draws.person]
        held[people] = False
