"""Keyed spellings: a listed row is written as one recipient's copy was, and not as others'.

Every marked place of every listed value shows one of two forms; each recipient's bit there was
drawn by key with a secret bias, before anything was sent.  Whatever chose the rows and the forms
that are seen, an innocent recipient's bits are independent of it, so the score's distribution is
known by design and overlap has no part in it.  Forms that a list's whole kind shares (a system
wrote all digits alike) count as missing.
Sources: Tardos 2003/2008 (code); Škorić, Katzenbeisser, Celik 2008 (symmetric score); Furon and
Desoubeaux 2014 (tail of the case at hand instead of a bound for all).
Not promised: anything where spellings were normalised away; then nothing is found, and nobody
named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from scipy.optimize import minimize_scalar

from mingdai.gate.marking import read, read_time
from mingdai.gate.marking_codes import STEPS, Draw, Position, bias_of, bit_of
from mingdai.gate.marking_normals import normal
from mingdai.gate.marking_spellings import KINDS, SEND_BLOCK
from mingdai.trace.words import Floats, Ints

ONE_FORM = 1e-6
"""A kind whose places all show one form is missing where a copy would do so less often."""

_MOST_T = 20.0


@dataclass(frozen=True, slots=True)
class Row:
    """One listed row of one borrower: field code -> text as the list writes it.

    `sent_at` is when the list says the application arrived, None where it does not.
    """

    record: str
    written: Mapping[str, str] = field(repr=False)
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """One recipient's copy of one borrower: the places its disclosure marked."""

    recipient: int
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Marks:
    """Places of a list, and every recipient's bit at those of its own copies.

    By place: `seen` 0 or 1, `bias` in steps of `STEPS`, `kind` as its number in `KINDS`.  By pair:
    `place` and `recipient`, and that recipient's `bit` there.
    """

    seen: Ints
    bias: Ints
    kind: Ints
    place: Ints
    recipient: Ints
    bit: Ints


@dataclass(frozen=True, slots=True)
class VariantTest:
    """For each recipient: score, places it was scored on, and the p-value from above."""

    score: Floats
    places: Ints
    p_value: Floats


def gather(
    rows: Iterable[Row],
    copies: Mapping[str, Sequence[Given]],
    names: Sequence[str],
    draw: Draw,
) -> Marks:
    """The places of `rows`, with the bits of those who had a copy; `names` are the recipients'.

    A place that a borrower's rows show twice counts once, as first seen.
    """
    places: dict[Position, int] = {}
    pairs: list[tuple[int, int, int]] = []
    for row in rows:
        givens = copies.get(row.record, ())
        for position, seen in _shown(row):
            holders = [each for each in givens if position.place in each.places]
            if not holders or position in places:
                continue
            number = len(places)
            places[position] = seen
            pairs += [
                (number, each.recipient, bit_of(position, names[each.recipient], draw))
                for each in holders
            ]
    return _marks(places, pairs, draw)


def weigh_variants(marks: Marks, recipients: int) -> VariantTest:
    """Score and p-value of each of `recipients`; without places every p-value is 1.

    The score of a place is √((1-p)/p) where seen and bit are both 1, √(p/(1-p)) where both are 0,
    and minus the other root where they differ: mean 0 and variance 1 for the innocent.
    """
    kept = _kept(marks)
    order = np.argsort(marks.recipient, kind="stable")
    starts = np.searchsorted(marks.recipient[order], np.arange(recipients + 1))
    score, count = np.zeros(recipients), np.zeros(recipients, dtype=np.int64)
    p_value = np.ones(recipients)
    for each in range(recipients):
        pairs = order[starts[each] : starts[each + 1]]
        pairs = pairs[kept[marks.place[pairs]]]
        places = marks.place[pairs]
        if not len(places):
            continue
        one, zero = scores(marks.seen[places], marks.bias[places])
        score[each] = float(np.where(marks.bit[pairs] == 1, one, zero).sum())
        count[each] = len(places)
        p_value[each] = tail(score[each], marks.seen[places], marks.bias[places])
    return VariantTest(score, count, p_value)


def accuse(test: VariantTest, error: float) -> list[int]:
    """The recipients named at this family-wise error: Bonferroni over all who were scored."""
    scored = int((test.places > 0).sum())
    return [int(each) for each in np.flatnonzero(test.p_value * scored <= error)] if scored else []


def scores(seen: Ints, bias: Ints) -> tuple[Floats, Floats]:
    """What a bit 1 and a bit 0 score at each place (Škorić, Katzenbeisser, Celik 2008)."""
    p = np.asarray(bias / STEPS, dtype=np.float64)
    root = np.sqrt((1 - p) / p)
    sign = np.asarray(2.0 * seen - 1.0, dtype=np.float64)
    return sign * root, -sign / root


def tail(score: float, seen: Ints, bias: Ints) -> float:
    """P(an innocent scores at least this here), from above, given what is seen.

    By Markov's inequality on exp(tS), P(S >= s) <= exp(-ts)·Π E[exp(tSᵢ)] for every t > 0, an
    innocent's bits being independent; so it holds for the t found here, whatever t that is.
    """
    if score <= 0:
        return 1.0
    kinds, counts = np.unique(2 * bias + seen, return_counts=True)
    one, zero = scores(kinds % 2, kinds // 2)
    logs = np.log(kinds // 2 / STEPS), np.log1p(-(kinds // 2) / STEPS)

    def exponent(t: float) -> float:
        grown = np.logaddexp(logs[0] + t * one, logs[1] + t * zero)
        return float(counts @ grown) - t * score

    found = minimize_scalar(exponent, bounds=(0.0, _MOST_T), method="bounded")
    return float(np.exp(min(0.0, float(found.fun))))


def _marks(places: dict[Position, int], pairs: list[tuple[int, int, int]], draw: Draw) -> Marks:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 3)
    kinds = [KINDS.index(each.place.partition(":")[0]) for each in places]
    return Marks(
        seen=np.array(list(places.values()), dtype=np.int64),
        bias=np.array([bias_of(each, draw) for each in places], dtype=np.int64),
        kind=np.array(kinds, dtype=np.int64),
        place=table[:, 0],
        recipient=table[:, 1],
        bit=table[:, 2],
    )


def _shown(row: Row) -> list[tuple[Position, int]]:
    """Every place that a row shows in one of its forms."""
    found = [
        (Position(row.record, place, normal(code, text)), bit)
        for code, text in row.written.items()
        for place, bit in read(code, text).items()
    ]
    if row.sent_at is not None:
        found.append((Position(row.record, f"{SEND_BLOCK}:0", ""), read_time(row.sent_at)))
    return found


def _kept(marks: Marks) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The places whose kind was not normalised: decided by what is seen, never by a bit."""
    kept = np.ones(len(marks.seen), dtype=bool)
    p = marks.bias / STEPS
    for kind in np.unique(marks.kind):
        own = marks.kind == kind
        for form, chance in ((0, 1 - p), (1, p)):
            alike = bool((marks.seen[own] == form).all())
            if alike and float(np.log(chance[own]).sum()) < np.log(ONE_FORM):
                kept[own] = False
    return kept
