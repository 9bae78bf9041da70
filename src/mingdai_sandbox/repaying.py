"""The repayment plan of a made-up lender, in whole fen on real calendar dates.

Copied from the quoted cash flow where the application carries one; else equal instalments
(等额本息) at a monthly rate, the last instalment taking up the rounding.
"""

from __future__ import annotations

import calendar
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of a plan; money in fen."""

    due_on: date
    principal_fen: int
    interest_fen: int
    fees_fen: int = 0

    @property
    def total_fen(self) -> int:
        """What is due in all."""
        return self.principal_fen + self.interest_fen + self.fees_fen

    def as_json(self) -> dict[str, object]:
        """As events carry it."""
        return {**asdict(self), "due_on": self.due_on.isoformat()}


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day where there is no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def spread_equally(
    amount_fen: int, *, months: int, monthly_rate_ppm: int, start: date
) -> list[Payment]:
    """Equal instalments of `amount_fen` over `months`; the rate is millionths a month.

    Raises ValueError for an amount or a number of months below 1.
    """
    if amount_fen < 1 or months < 1:
        raise ValueError("a plan needs an amount and a term")
    rate = monthly_rate_ppm / 1_000_000
    growth = (1 + rate) ** months
    level = round(amount_fen * rate * growth / (growth - 1)) if rate else amount_fen // months
    left, plan = amount_fen, []
    for number in range(1, months + 1):
        interest = round(left * rate)
        principal = left if number == months else min(left, level - interest)
        left -= principal
        plan.append(Payment(months_after(start, number), principal, interest))
    return plan


def repay_at_once(amount_fen: int, *, days: int, daily_rate_ppm: int, start: date) -> list[Payment]:
    """One payment of everything after `days`; the rate is millionths a day."""
    interest = round(amount_fen * daily_rate_ppm * days / 1_000_000)
    return [Payment(start + timedelta(days=days), amount_fen, interest)]


def worsen(plan: list[Payment]) -> list[Payment]:
    """The same plan with half as much interest again and a fee of 10 yuan on every payment."""
    return [
        replace(each, interest_fen=each.interest_fen * 3 // 2, fees_fen=each.fees_fen + 1000)
        for each in plan
    ]
