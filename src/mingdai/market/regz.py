"""Unit-periods of Regulation Z, Appendix J (b)(2) to (b)(5), actuarial method.

Source: consumerfinance.gov/rules-policy/regulations/1026/J/ (12 CFR 1026, Appendix J).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from mingdai.market.calendars import add_months, is_month_end, months_back, whole_months

Times = tuple[tuple[Fraction, Fraction], ...]
"""(whole unit-periods, odd fraction) of each date after the first."""


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """A standard interval of time: `months` (0.5 is a semimonth) or else `days`."""

    months: Fraction = Fraction(0)
    days: int = 0

    @property
    def length(self) -> Fraction:
        """Days, months as 30 each, to say which of two is the smaller."""
        return self.months * 30 + self.days

    @property
    def per_year(self) -> Fraction:
        """12 / months, 52 / weeks, or 365 / days (b)(5)."""
        if self.months:
            return 12 / self.months
        return Fraction(52 * 7, self.days) if self.days % 7 == 0 else Fraction(365, self.days)


_SEMIMONTH = UnitPeriod(months=Fraction(1, 2))
_YEAR = UnitPeriod(months=Fraction(12))


def count_regz(
    dates: tuple[date, ...], *, advanced: tuple[int, ...], paid: tuple[int, ...]
) -> tuple[Times, Fraction]:
    """Each date's unit-periods after the first, and how many unit-periods make a year.

    `advanced` and `paid` are the indices of dates with an advance and with a payment.
    """
    start = dates[0]
    if advanced == (0,) and len(paid) == 1 and dates[-1] <= add_months(start, 12):
        return ((Fraction(0), Fraction(0)), (Fraction(1), Fraction(0))), _single(start, dates[-1])
    due_day = _due_day([dates[index] for index in paid])
    lone = advanced == (0,) and len(paid) < 2
    unit = _YEAR if lone else _unit_period(_periods(dates, advanced, paid))
    return tuple(_count(start, day, unit=unit, due_day=due_day) for day in dates), unit.per_year


def _single(start: date, end: date) -> Fraction:
    """(b)(5)(vi), (vii): one advance, one payment, at most a year: the term is the unit-period."""
    months = whole_months(start, end)
    return Fraction(12, months) if months else Fraction(365, (end - start).days or 1)


def _due_day(payments: list[date]) -> int | None:
    """The day of the month that a series means: the 31st of a series on last days, (b)(3)."""
    if not payments:
        return None
    return 31 if all(map(is_month_end, payments)) else max(day.day for day in payments)


def _periods(
    dates: tuple[date, ...], advanced: tuple[int, ...], paid: tuple[int, ...]
) -> list[tuple[date, date]]:
    """(b)(2): the intervals between advances, and between payments from the start on."""
    payments = [0, *paid]
    return [(dates[a], dates[b]) for series in (advanced, payments) for a, b in pairwise(series)]


def _unit_period(periods: list[tuple[date, date]]) -> UnitPeriod:
    """(b)(4)(i): the most frequent common period, the smaller of equals; else the average."""
    counts = Counter(unit for period in periods for unit in _standard(*period))
    common = [unit for unit, times in counts.items() if times > 1 and unit.length <= 365]
    if common:
        return max(common, key=lambda unit: (counts[unit], -unit.length))
    return _average(periods)


def _standard(start: date, end: date) -> set[UnitPeriod]:
    """The intervals of time that these two dates are apart; one pair may be several."""
    days = (end - start).days
    units = set()
    if months := whole_months(start, end):
        units.add(UnitPeriod(months=Fraction(months)))
    if days % 7 == 0:
        units.add(UnitPeriod(days=days))
    if _is_semimonth(start, end):
        units.add(_SEMIMONTH)
    return units or {UnitPeriod(days=days)}


def _is_semimonth(start: date, end: date) -> bool:
    """1st and 16th, 10th and 25th, 15th and last: two of them make a month."""
    if start.month == end.month and start.year == end.year:
        return end.day - start.day == 15 or (start.day == 15 and is_month_end(end))
    back = add_months(end, -1)
    if (back.year, back.month) != (start.year, start.month):
        return False
    return start.day - end.day == 15 or (end.day == 15 and is_month_end(start))


def _average(periods: list[tuple[date, date]]) -> UnitPeriod:
    """(b)(4)(i)(B): the average, rounded to the nearest standard interval, the lower of equals."""
    months = [whole_months(*period) for period in periods]
    if None not in months:
        average = Fraction(sum(each or 0 for each in months) * 30, len(periods))
    else:
        average = Fraction(sum((end - start).days for start, end in periods), len(periods))
    standard = [UnitPeriod(days=1), _SEMIMONTH]
    standard += [UnitPeriod(days=7 * weeks) for weeks in range(1, 53)]
    standard += [UnitPeriod(months=Fraction(each)) for each in range(1, 13)]
    if None not in months:
        standard = [unit for unit in standard if unit.months >= 1]
    return min(standard, key=lambda unit: (abs(unit.length - average), unit.length))


def _count(
    start: date, day: date, *, unit: UnitPeriod, due_day: int | None
) -> tuple[Fraction, Fraction]:
    """(b)(5)(ii) to (v): whole unit-periods and the odd fraction between two dates."""
    if not unit.months:
        return _split(Fraction((day - start).days, unit.days))
    meant = due_day if due_day and is_month_end(day) and day.day < due_day else None
    months, days = months_back(start, day, due_day=meant)
    if unit != _YEAR:
        return _split((30 * months + days) / unit.length)
    years, over = divmod(months, 12)
    if days == 0:
        return Fraction(years), Fraction(over, 12)
    reached = add_months(day, -12 * years, due_day=meant)
    return Fraction(years), Fraction((reached - start).days, 365)


def _split(units: Fraction) -> tuple[Fraction, Fraction]:
    whole = units.numerator // units.denominator
    return Fraction(whole), units - whole
