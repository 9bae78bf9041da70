"""What the borrower was quoted, what the lender's final terms come to, and how they differ.

Both are computed by the same engine from the whole cash flow, on the same assumed payout day, so
that a difference is the lender's and not the calendar's.  Money is whole fen, rates hundredths of
a percent of the pboc simple rate.  The quoted cash flow goes to the lender with the application.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mingdai.errors import Invalid
from mingdai.loans.models import Application
from mingdai.market.costing import Cost, compute_cost
from mingdai.market.flows import CashFlow, Flow
from mingdai.market.listing import CHINA
from mingdai.market.products import Product
from mingdai.market.schedules import Repayment, Span

Figures = dict[str, object]
"""What is stored in `quoted`, `actual` and `drift`: strings, whole numbers, lists."""

TOLERATED_BPS = 1
"""A difference of rates that rounding alone can make."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One due date of a plan; money in fen."""

    due_on: date
    principal_fen: int
    interest_fen: int
    fees_fen: int

    @property
    def total_fen(self) -> int:
        """All that is due on that date."""
        return self.principal_fen + self.interest_fen + self.fees_fen

    def as_json(self) -> Figures:
        """As events and manifests carry it."""
        return {
            "due_on": self.due_on.isoformat(),
            "principal_fen": self.principal_fen,
            "interest_fen": self.interest_fen,
            "fees_fen": self.fees_fen,
        }


def quote_application(application: Application, product: Product, *, at: datetime) -> Figures:
    """The figures and the cash flow shown to the borrower, paid out on the day of `at`."""
    today = at.astimezone(CHINA).date()
    months = application.term_unit == "month"
    span = Span(months=application.term) if months else Span(days=application.term)
    plan = product.schedule(
        application.amount_fen, span, Repayment(application.repayment), start=today
    )
    cost = compute_cost(plan.cash_flow())
    payments = [
        Payment(each.due, each.principal, each.interest, sum(each.fees))
        for each in plan.instalments
    ]
    return _figures(cost, today, payments)


def figure_terms(application: Application, *, net_fen: int, payments: Sequence[Payment]) -> Figures:
    """What these final terms come to, on the payout day that the quote assumed.

    Raises Invalid `event.terms` where they are no loan.
    """
    start = date.fromisoformat(str(application.quoted["start"]))
    if not payments or net_fen <= 0 or any(each.due_on <= start for each in payments):
        raise Invalid(code="event.terms", reason="the terms are not a loan's", field="payments")
    cash = CashFlow(
        advances=(Flow(start, net_fen),),
        payments=tuple(Flow(each.due_on, each.total_fen) for each in payments),
        nominal=application.amount_fen,
    )
    return _figures(compute_cost(cash), start, payments)


def compare(quoted: Figures, actual: Figures) -> Figures:
    """Actual less quoted, and `worse`: 1 where the borrower is worse off, else 0."""
    rate = _number(actual, "simple_bps") - _number(quoted, "simple_bps")
    total = _number(actual, "total_repaid_fen") - _number(quoted, "total_repaid_fen")
    net = _number(actual, "net_received_fen") - _number(quoted, "net_received_fen")
    worse = rate > TOLERATED_BPS or total > 0 or net < 0
    return {
        "simple_bps": rate,
        "total_repaid_fen": total,
        "net_received_fen": net,
        "worse": int(worse),
    }


def _figures(cost: Cost, start: date, payments: Sequence[Payment]) -> Figures:
    return {
        "start": start.isoformat(),
        "simple_bps": _bps(cost.simple_pct),
        "total_repaid_fen": cost.total_repaid,
        "net_received_fen": cost.net_received,
        "payments": [each.as_json() for each in payments],
    }


def _bps(pct: float | None) -> int:
    """The rate, or 0 where there is no figure that fits."""
    return 0 if pct is None or abs(pct) > 1e9 else round(pct * 100)


def _number(figures: Figures, name: str) -> int:
    value = figures.get(name, 0)
    return value if isinstance(value, int) else 0
