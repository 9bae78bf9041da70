"""What a product costs, computed once at listing for every amount and length people compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingdai.market.costing import Cost, compute_cost
from mingdai.market.money import LARGEST_FEN
from mingdai.market.products import Product
from mingdai.market.schedules import Repayment, Schedule, Span

COMPARED_FEN: tuple[int, ...] = tuple(
    yuan * 100 for yuan in (1_000, 3_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
)
"""The amounts a person can compare at, in fen."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One way to borrow: money in fen, rates of the `pboc` convention in hundredths of a percent.

    A rate is None where there is no figure or it is too large to store.
    """

    amount: int
    span: Span
    repayment: Repayment
    simple_bps: int | None
    compound_bps: int | None
    total_repaid: int
    net_received: int
    first_payment: int
    interest: int
    fees: int
    flags: tuple[str, ...]

    @property
    def total_cost(self) -> int:
        """All the borrower pays above what arrives, in fen."""
        return self.total_repaid - self.net_received


def quote_loan(
    product: Product, amount: int, span: Span, repayment: Repayment, *, start: date
) -> Quote:
    """The cost of one loan paid out on `start`.  Raises Invalid `schedule.bad_terms`."""
    plan = product.schedule(amount, span, repayment, start=start)
    cost = compute_cost(plan.cash_flow())
    return Quote(
        amount=amount,
        span=span,
        repayment=repayment,
        simple_bps=_bps(cost.simple_pct),
        compound_bps=_bps(cost.compound_pct),
        total_repaid=cost.total_repaid,
        net_received=cost.net_received,
        first_payment=plan.instalments[0].total,
        interest=plan.interest_total(),
        fees=_fees(plan, cost),
        flags=cost.flags,
    )


def quote_all(product: Product, *, start: date) -> tuple[Quote, ...]:
    """The cheapest way of repaying for each compared amount and each length it offers."""
    amounts = [a for a in COMPARED_FEN if product.amount_min <= a <= product.amount_max]
    quotes = []
    for amount in amounts:
        for span in product.spans:
            ways = [
                quote_loan(product, amount, each, repayment, start=start)
                for each, repayment in product.ways()
                if each == span
            ]
            if ways:
                quotes.append(min(ways, key=lambda way: (way.total_cost, way.repayment)))
    return tuple(quotes)


def _fees(plan: Schedule, cost: Cost) -> int:
    return cost.total_repaid - cost.net_received - plan.interest_total()


def _bps(pct: float | None) -> int | None:
    if pct is None or abs(pct) > LARGEST_FEN:
        return None
    return round(pct * 100)
