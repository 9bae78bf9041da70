"""The one equation behind every annual rate, and its solution.

What the borrower gets and gives is worth nothing at the rate asked for:

    sum of fen / ((1 + odd * i) * (1 + i) ** whole) = 0

`odd` is 0 but for Regulation Z, Appendix J (b)(8), where a fraction of a unit-period earns simple
interest.  The unknown is `x = log(1 + i)`: a rate of 10**39 is then a small number.  The root is
found by mpmath (docs/decisions/0020-root-finding.md); here is only where to look for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from mpmath import fp

_STEEPEST = 700.0
"""exp() of more overflows; no odd fraction earns more in one unit-period."""

_DOUBLINGS = 40
_SCAN = 600
_WIDEST = 60.0


@dataclass(frozen=True, slots=True)
class Term:
    """One amount (`fen`, paid by the borrower if positive) and its time in unit-periods."""

    fen: int
    whole: Fraction
    odd: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Root:
    """`growth` is log(1 + rate of a unit-period); None where there is no single answer.

    `note` is "" or why: `no_solution`, `several_rates`, `several_sign_changes`.
    """

    growth: float | None
    note: str = ""


class Equation:
    """The terms of one loan, in order of time, ready to be weighed at any rate."""

    def __init__(self, terms: list[Term]) -> None:
        """Terms of no amount say nothing and are left out."""
        self._terms = [(t.fen, float(t.whole), float(t.odd)) for t in terms if t.fen]
        last = self._terms[-1] if self._terms else (0, 0.0, 0.0)
        self._span = last[1] + last[2]

    def excess(self, growth: float, *, slack: Fraction = Fraction(0)) -> float:
        """The log of (worth of what the borrower gives / worth of what they get) at that rate.

        0 at the root, and close to a straight line: steep rates are no harder than flat ones.
        `slack` (fen) is taken off each payment.
        """
        rate, less = math.expm1(min(growth, _STEEPEST)), float(slack)
        given, received = [], []
        for fen, whole, odd in self._terms:
            power = -growth * whole - math.log1p(odd * rate)
            if fen > 0:
                given.append(math.log(fen - less) + power)
            else:
                received.append(math.log(-fen) + power)
        return _log_sum(given) - _log_sum(received)

    def solve(self) -> Root:
        """The one rate at which nothing is left over."""
        changes = _sign_changes([fen for fen, _, _ in self._terms])
        if self._span == 0 or changes == 0 or self._terms[0][0] > 0:
            return Root(None, "no_solution")  # nothing is lent, or the borrower lends
        if len(self._terms) == 2 and not any(odd for _, _, odd in self._terms):
            (given, early, _), (back, late, _) = self._terms
            return Root((math.log(abs(back)) - math.log(abs(given))) / (late - early))
        if changes > 1:
            return self._one_of_several()
        bracket = self._bracket()
        return Root(self._root_between(*bracket)) if bracket else Root(None, "no_solution")

    def _bracket(self) -> tuple[float, float] | None:
        """Where a conventional loan's only root lies: between ever wider rates."""
        for doubling in range(_DOUBLINGS):
            reach = 2**doubling / self._span
            if self.excess(-reach) * self.excess(reach) <= 0:
                return -reach, reach
        return None

    def _one_of_several(self) -> Root:
        """Advances and payments alternate: an answer only if it is the only one in sight."""
        step = 2 * _WIDEST / self._span / _SCAN
        grid = [step * (number - _SCAN / 2 + 1 / 3) for number in range(_SCAN + 1)]
        found = [(a, b) for a, b in pairwise(grid) if self.excess(a) * self.excess(b) <= 0]
        if not found:
            return Root(None, "no_solution")
        if len(found) > 1:
            return Root(None, "several_rates")
        once = _sign_changes(list(accumulate(fen for fen, _, _ in self._terms))) <= 1
        return Root(self._root_between(*found[0]), "" if once else "several_sign_changes")

    def _root_between(self, low: float, high: float) -> float:
        root = fp.findroot(
            self.excess, (low, high), solver="anderson", tol=1e-28, maxsteps=200, verify=False
        )
        return float(root)


def _log_sum(logs: list[float]) -> float:
    """Log of the sum of exp(each), without overflow; of nothing it is -inf."""
    if not logs:
        return -math.inf
    top = max(logs)
    return top + math.log(math.fsum(math.exp(each - top) for each in logs))


def _sign_changes(amounts: list[int]) -> int:
    signs = [amount > 0 for amount in amounts if amount]
    return sum(a != b for a, b in pairwise(signs))
