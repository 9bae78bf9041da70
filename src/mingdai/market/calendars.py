"""Months on a real calendar, with the ends of months clamped."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int, *, due_day: int | None = None) -> date:
    """The same day `months` later (earlier if negative), or the month's last day if it has none.

    `due_day` is the day of the month meant where `day` was itself clamped: 31 for a series on
    last days.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(due_day or day.day, last))


def is_month_end(day: date) -> bool:
    """Whether it is the last day of its month."""
    return day.day == monthrange(day.year, day.month)[1]


def whole_months(start: date, end: date) -> int | None:
    """How many whole months `end` is after `start`; None if it is not a whole number.

    A start on the 31st reaches the last day of a shorter month; two last days of months are
    whole months apart.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) == end or (is_month_end(start) and is_month_end(end)):
        return months
    return None


def months_back(start: date, end: date, *, due_day: int | None = None) -> tuple[int, int]:
    """Whole months counted back from `end`, and the days left over after `start`.

    Source: Regulation Z, Appendix J (b)(5)(ii); Directive 2014/17/EU, Annex I, remark (c).
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(end, -months, due_day=due_day) < start:
        months -= 1
    return months, (add_months(end, -months, due_day=due_day) - start).days
