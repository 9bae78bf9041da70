"""How each convention counts the time between the first advance and an amount.

pboc: PBoC announcement 2021 No. 3, month unit-periods.  regz: `regz.py`.  eu: Directive
2008/48/EC, Annex I, and 2014/17/EU, Annex I, remark (c).  day365, day365.25: actual days.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from mingdai.errors import Invalid
from mingdai.market.calendars import add_months, months_back, whole_months
from mingdai.market.flows import Offset, Timeline
from mingdai.market.regz import count_regz


class Convention(StrEnum):
    """The published ways to say what a loan costs a year."""

    PBOC = "pboc"
    REGZ = "regz"
    EU = "eu"
    DAY365 = "day365"
    DAY365_25 = "day365.25"


_NO_ODD = Fraction(0)
_MONTHS_A_YEAR = Fraction(12)
_DAYS_A_YEAR = Fraction(365)


@dataclass(frozen=True, slots=True)
class Count:
    """`times` are (whole, odd) unit-periods after the first advance; `per_year` of them a year."""

    times: tuple[tuple[Fraction, Fraction], ...]
    per_year: Fraction


def count_time(timeline: Timeline, convention: Convention) -> Count:
    """The times of a loan in the unit-periods of `convention`.

    Raises Invalid `cost.needs_dates` where the convention cannot count the times given.
    """
    match convention:
        case Convention.PBOC:
            return _pboc(timeline)
        case Convention.REGZ:
            return _regz(timeline)
        case Convention.EU:
            return _plain(_eu(timeline), per_year=Fraction(1))
        case Convention.DAY365:
            return _plain(_days(timeline, year=_DAYS_A_YEAR), per_year=_DAYS_A_YEAR)
        case Convention.DAY365_25:
            year = Fraction(1461, 4)
            return _plain(_days(timeline, year=year), per_year=year)


def term_days(timeline: Timeline) -> Fraction:
    """Days from the first advance to the last amount; 12 equal months where there are no dates."""
    if timeline.dates:
        return Fraction((timeline.dates[-1] - timeline.dates[0]).days)
    if timeline.years:
        return timeline.years[-1] * _DAYS_A_YEAR
    return timeline.offsets[-1].length(year=_DAYS_A_YEAR)


def _plain(times: list[Fraction], *, per_year: Fraction) -> Count:
    return Count(tuple((time, _NO_ODD) for time in times), per_year)


def _days(timeline: Timeline, *, year: Fraction) -> list[Fraction]:
    if timeline.dates:
        return [Fraction((day - timeline.dates[0]).days) for day in timeline.dates]
    if timeline.years:
        return [time * year for time in timeline.years]
    return [at.length(year=year) for at in timeline.offsets]


def _eu(timeline: Timeline) -> list[Fraction]:
    """Years: whole months, or whole weeks, or months and days counted back from the later date."""
    if timeline.years:
        return list(timeline.years)
    if timeline.offsets:
        return [at.years() for at in timeline.offsets]
    start = timeline.dates[0]
    months = [whole_months(start, day) for day in timeline.dates]
    days = [(day - start).days for day in timeline.dates]
    if None not in months:
        return [Fraction(each or 0, 12) for each in months]
    if all(each % 7 == 0 for each in days):
        return [Fraction(each // 7, 52) for each in days]
    return [_eu_years(start, day) for day in timeline.dates]


def _eu_years(start: date, day: date) -> Fraction:
    months, days = months_back(start, day)
    reached = add_months(day, -months)
    length = (reached - add_months(reached, -12)).days
    return Fraction(months, 12) + Fraction(days, length)


def _pboc(timeline: Timeline) -> Count:
    """Months where the loan runs in months; else days, in the longest unit that fits them all.

    So a loan repaid once after n days has the simple rate interest / net * 365 / n.
    """
    months = _months(timeline)
    if months is not None:
        return _plain(months, per_year=_MONTHS_A_YEAR)
    days = _days(timeline, year=_DAYS_A_YEAR)
    unit = _common_unit(days)
    return _plain([day / unit for day in days], per_year=_DAYS_A_YEAR / unit)


def _common_unit(days: list[Fraction]) -> Fraction:
    scale = math.lcm(*(day.denominator for day in days))
    return Fraction(math.gcd(*(int(day * scale) for day in days)) or scale, scale)


def _months(timeline: Timeline) -> list[Fraction] | None:
    if timeline.dates:
        return _months_of_dates(timeline)
    if timeline.years:
        times = [time * 12 for time in timeline.years]
        in_days = all((time * 365).denominator == 1 for time in timeline.years)
        whole = all(time.denominator == 1 for time in times)
        return times if whole or not in_days else None
    if not any(at.months for at in timeline.offsets):
        return None
    if not any(at.weeks or at.days for at in timeline.offsets):
        return [Fraction(at.months) for at in timeline.offsets]
    return [
        at.months + (at.weeks * 7 + at.days) * _MONTHS_A_YEAR / _DAYS_A_YEAR
        for at in timeline.offsets
    ]


def _months_of_dates(timeline: Timeline) -> list[Fraction] | None:
    """Whole months from the start, or a series of whole months after an odd first period."""
    start = timeline.dates[0]
    months = [whole_months(start, day) for day in timeline.dates]
    if None not in months:
        return [Fraction(each or 0) for each in months]
    first, *rest = timeline.dates[1:]
    series = [whole_months(first, day) for day in rest]
    if not rest or None in series or timeline.advanced != (0,):
        return None
    whole, days = months_back(start, first)
    odd = whole + days * _MONTHS_A_YEAR / _DAYS_A_YEAR
    return [Fraction(0), odd, *(odd + (each or 0) for each in series)]


def _regz(timeline: Timeline) -> Count:
    dates = timeline.dates or tuple(at.after(_ANY_DAY) for at in _offsets(timeline))
    times, per_year = count_regz(dates, advanced=timeline.advanced, paid=timeline.paid)
    return Count(times, per_year)


_ANY_DAY = date(2025, 1, 1)
"""Appendix J counts between dates; a loan without any starts here, on a first of a month."""


def _offsets(timeline: Timeline) -> list[Offset]:
    if timeline.offsets:
        return list(timeline.offsets)
    offsets = []
    for time in timeline.years:
        if (time * 12).denominator == 1:
            offsets.append(Offset(months=int(time * 12)))
        elif (time * 365).denominator == 1:
            offsets.append(Offset(days=int(time * 365)))
        else:
            raise Invalid(
                code="cost.needs_dates",
                reason="Regulation Z counts between dates, not in fractions of a year",
                field="at",
                remedy="write dates, or offsets such as 1m and 15d",
            )
    return offsets
