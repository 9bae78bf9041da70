"""What a loan costs a year, from its whole cash flow.

Every fee, whoever takes it, is a payment (or an advance that never arrived); money is whole fen.
Sources: PBoC announcement 2021 No. 3; Regulation Z, Appendix J; Directive 2008/48/EC, Annex I.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from mingdai.market.conventions import Convention, Count, count_time, term_days
from mingdai.market.flows import CashFlow, Timeline, lay_out
from mingdai.market.solving import Equation, Root, Term

LARGEST_PCT = 1e308
"""A JSON number cannot say more."""

_HALF_FEN = Fraction(1, 2)
_UNDER_DAYS = 90
_SHORT_DAYS = 14

_NOTES = {
    "no_solution": "no_solution: no annual rate makes what is paid equal to what is received",
    "several_rates": "several_rates: advances and payments alternate and more than one rate fits",
    "several_sign_changes": "several_sign_changes: advances and payments alternate; "
    "the only rate found in a wide search is given",
    "negative_rate": "negative_rate: less is paid than received",
    "too_large": "too_large: a figure above 1e308 is given as null",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """The figures of one loan; percentages a year, money in fen.

    `simple_pct` and `compound_pct` are always PBoC's, `apr_pct` is the convention's own; None is
    "no figure", and `notes` says why.  `total_repaid` is all that goes back after the first
    advance, `net_received` all that arrives less what goes back at once.
    """

    convention: Convention
    simple_pct: float | None
    compound_pct: float | None
    apr_pct: float | None
    total_repaid: int
    net_received: int
    flags: tuple[str, ...]
    notes: tuple[str, ...]


def compute_cost(cash: CashFlow, convention: Convention = Convention.PBOC) -> Cost:
    """The cost of a loan under `convention`.

    Raises Invalid (`cost.…`) for a cash flow that is not one.
    """
    timeline, pboc, equation = _counted(cash)
    own = pboc if convention is Convention.PBOC else count_time(timeline, convention)
    root = equation.solve()
    own_root = root if own is pboc else _equation(timeline, own).solve()
    simple, compound = _simple_pct(root, pboc), _compound_pct(root, pboc)
    as_simple = convention in (Convention.PBOC, Convention.REGZ)
    apr = _simple_pct(own_root, own) if as_simple else _compound_pct(own_root, own)
    figures = [simple, compound, apr]
    return Cost(
        convention=convention,
        simple_pct=_finite(simple),
        compound_pct=_finite(compound),
        apr_pct=_finite(apr),
        total_repaid=timeline.paid_fen - timeline.paid_at_start,
        net_received=timeline.received_fen - timeline.paid_at_start,
        flags=_flags(cash, timeline),
        notes=_notes((root, own_root), figures),
    )


def exceeds_simple(cash: CashFlow, limit_pct: Fraction) -> bool:
    """Whether the PBoC simple rate is above `limit_pct`.

    Instalments are rounded to the fen: half a fen of each is not held against the loan, so
    945.60 a month on 10 000 is at 24 % and 945.61 is above it.
    """
    _, count, equation = _counted(cash)
    growth = math.log1p(float(limit_pct / 100 / count.per_year))
    return equation.excess(growth, slack=_HALF_FEN) > 0


def exceeds_compound(cash: CashFlow, limit_pct: Fraction) -> bool:
    """Whether the effective annual rate (IRR) is above `limit_pct`, as `exceeds_simple` does."""
    _, count, equation = _counted(cash)
    growth = math.log1p(float(limit_pct) / 100) / float(count.per_year)
    return equation.excess(growth, slack=_HALF_FEN) > 0


@lru_cache(maxsize=8)
def _counted(cash: CashFlow) -> tuple[Timeline, Count, Equation]:
    """One loan is asked about several times in a row: its rates, flags and every ceiling."""
    timeline = lay_out(cash)
    count = count_time(timeline, Convention.PBOC)
    return timeline, count, _equation(timeline, count)


def _equation(timeline: Timeline, count: Count) -> Equation:
    pairs = zip(timeline.fen, count.times, strict=True)
    return Equation([Term(fen, whole, odd) for fen, (whole, odd) in pairs])


def _simple_pct(root: Root, count: Count) -> float | None:
    if root.growth is None:
        return None
    return _expm1(root.growth) * float(count.per_year) * 100


def _compound_pct(root: Root, count: Count) -> float | None:
    if root.growth is None:
        return None
    return _expm1(root.growth * float(count.per_year)) * 100


def _expm1(power: float) -> float:
    try:
        return math.expm1(power)
    except OverflowError:
        return math.inf


def _finite(pct: float | None) -> float | None:
    if pct is None or pct > LARGEST_PCT:
        return None
    return round(pct, 6) + 0.0


def _notes(roots: tuple[Root, Root], figures: list[float | None]) -> tuple[str, ...]:
    codes = [root.note for root in roots if root.note]
    known = [figure for figure in figures if figure is not None]
    if any(figure > LARGEST_PCT for figure in known):
        codes.append("too_large")
    if any(round(figure, 6) < 0 for figure in known):
        codes.append("negative_rate")
    return tuple(_NOTES[code] for code in dict.fromkeys(codes))


def _flags(cash: CashFlow, timeline: Timeline) -> tuple[str, ...]:
    net = timeline.received_fen - timeline.paid_at_start
    nominal = timeline.received_fen if cash.nominal is None else cash.nominal
    over_36 = exceeds_simple(cash, Fraction(36))
    days = term_days(timeline)
    asked = {
        "over_24": exceeds_simple(cash, Fraction(24)),
        "over_36": over_36,
        "net_below_nominal": net < nominal,
        "under_90_days": days < _UNDER_DAYS,
        "short_and_over_36": over_36 and days <= _SHORT_DAYS,
    }
    return tuple(name for name, holds in asked.items() if holds)
