"""A loan's cash flow as somebody writes it down: who gave how much, and when.

A time is a calendar date, an offset from the first advance (months, weeks, days), or an exact
fraction of a year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from mingdai.errors import Invalid
from mingdai.market.calendars import add_months


@dataclass(frozen=True, slots=True)
class Offset:
    """A time after the first advance: whole months, weeks and days, all 0 or more."""

    months: int = 0
    weeks: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """The calendar date, month ends clamped."""
        return add_months(start, self.months) + timedelta(days=self.days + 7 * self.weeks)

    def length(self, *, year: Fraction) -> Fraction:
        """Days, a month being a twelfth of a `year` of so many days."""
        if not self.months:
            return Fraction(self.days + 7 * self.weeks)
        return self.months * year / 12 + self.days + 7 * self.weeks

    def years(self) -> Fraction:
        """The fraction of a year: 12 equal months, 52 weeks, 365 days (2008/48/EC, Annex I)."""
        if not self.weeks and not self.days:
            return Fraction(self.months, 12)
        return Fraction(self.months, 12) + Fraction(self.weeks, 52) + Fraction(self.days, 365)


At = date | Offset | Fraction


@dataclass(frozen=True, slots=True)
class Flow:
    """One amount at one time; `fen` is more than 0."""

    at: At
    fen: int


@dataclass(frozen=True, slots=True)
class CashFlow:
    """What the borrower gets (`advances`) and gives (`payments`).

    `nominal` is the principal the contract names, in fen, where it is known.
    """

    advances: tuple[Flow, ...]
    payments: tuple[Flow, ...]
    nominal: int | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A cash flow with all times of one kind, netted by time and in order.

    Exactly one of `dates`, `offsets` and `years` is filled.  `fen` is what the borrower gives
    (positive) or gets (negative) at each time, `paid_at_start` what goes back at the first
    advance, in fen.  `advanced` and `paid` are the times' indices with an advance or a payment.
    """

    fen: tuple[int, ...]
    advanced: tuple[int, ...]
    paid: tuple[int, ...]
    received_fen: int
    paid_fen: int
    paid_at_start: int
    dates: tuple[date, ...] = ()
    offsets: tuple[Offset, ...] = ()
    years: tuple[Fraction, ...] = ()


_YEAR = Fraction(365)

LONGEST_YEARS = 100
"""No loan is longer; dates lie between 1900 and 2199."""

_LONGEST = {"d": 366 * LONGEST_YEARS, "w": 53 * LONGEST_YEARS, "m": 12 * LONGEST_YEARS, "y": 100}
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_OFFSET = re.compile(r"([0-9]{1,5})([dwmy])", re.ASCII)
_FRACTION = re.compile(r"[0-9]{1,6}(/[1-9][0-9]{0,5})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def parse_at(text: object, *, field: str) -> At:
    """A time: `2026-02-10`, `2d`, `1w`, `3m`, `1y`, or years as `3/12` or `0`.

    Raises Invalid `cost.bad_time`, naming `field`.
    """
    if isinstance(text, str):
        if _DATE.fullmatch(text):
            return _date(text, field=field)
        match = _OFFSET.fullmatch(text)
        if match and int(match[1]) <= _LONGEST[match[2]]:
            return _offset(int(match[1]), unit=match[2])
        if _FRACTION.fullmatch(text) and Fraction(text) <= LONGEST_YEARS:
            return Fraction(text) if Fraction(text) else Offset()
    raise _bad_time(field)


def _date(text: str, *, field: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _bad_time(field) from error
    if not _FIRST <= day <= _LAST:
        raise _bad_time(field)
    return day


def _offset(number: int, *, unit: str) -> Offset:
    if unit == "d":
        return Offset(days=number)
    if unit == "w":
        return Offset(weeks=number)
    return Offset(months=number if unit == "m" else 12 * number)


def _bad_time(field: str) -> Invalid:
    return Invalid(
        code="cost.bad_time",
        reason=f"{field} is not a time",
        field=field,
        remedy="write a date (2026-02-10), an offset (2d, 1w, 3m, 1y) or years (3/12)",
    )


def lay_out(cash: CashFlow) -> Timeline:
    """All times on one scale, what falls together netted.

    Raises Invalid `cost.no_advance`, `cost.start_needed`, `cost.mixed_times` or
    `cost.payment_before_advance`.
    """
    if not cash.advances:
        raise Invalid(code="cost.no_advance", reason="there is no advance", field="advances")
    advances, payments = _on_one_scale(cash)
    given = [(_order(flow.at), flow) for flow in advances]
    back = [(_order(flow.at), flow) for flow in payments]
    places = {order: flow.at for order, flow in (*back, *given)}
    ordered = sorted(places)
    index = {order: number for number, order in enumerate(ordered)}
    start = min(order for order, _ in given)
    if index[start]:
        raise _too_early()
    fen = [0] * len(places)
    for sign, flows in ((-1, given), (1, back)):
        for order, flow in flows:
            fen[index[order]] += sign * flow.fen
    times = [places[order] for order in ordered]
    return Timeline(
        fen=tuple(fen),
        advanced=tuple(sorted({index[order] for order, _ in given})),
        paid=tuple(sorted({index[order] for order, _ in back} - {0})),
        received_fen=sum(flow.fen for flow in advances),
        paid_fen=sum(flow.fen for flow in payments),
        paid_at_start=sum(flow.fen for order, flow in back if order == start),
        dates=tuple(at for at in times if isinstance(at, date)),
        offsets=tuple(at for at in times if isinstance(at, Offset)),
        years=tuple(at for at in times if isinstance(at, Fraction)),
    )


def _too_early() -> Invalid:
    return Invalid(
        code="cost.payment_before_advance",
        reason="a payment comes before the first advance",
        field="payments",
    )


def _order(at: At) -> Fraction:
    if isinstance(at, date):
        return Fraction(at.toordinal())
    return at.length(year=_YEAR) if isinstance(at, Offset) else at


def _on_one_scale(cash: CashFlow) -> tuple[list[Flow], list[Flow]]:
    """Advances and payments, every time a date, or every time years, or every time an offset."""
    times = [flow.at for flow in (*cash.advances, *cash.payments)]
    if any(isinstance(at, date) for at in times):
        start = _first_date(cash)
        return _moved(cash.advances, start=start), _moved(cash.payments, start=start)
    if any(isinstance(at, Fraction) for at in times):
        return _in_years(cash.advances), _in_years(cash.payments)
    return list(cash.advances), list(cash.payments)


def _first_date(cash: CashFlow) -> date:
    dates = [flow.at for flow in cash.advances if isinstance(flow.at, date)]
    if not dates:
        raise Invalid(
            code="cost.start_needed",
            reason="payments have dates but the advance has none",
            field="advances",
            remedy="give the advance its date: 1000@2026-01-10",
        )
    return min(dates)


def _moved(flows: tuple[Flow, ...], *, start: date) -> list[Flow]:
    moved = []
    for flow in flows:
        if isinstance(flow.at, Fraction):
            raise Invalid(
                code="cost.mixed_times",
                reason="dates and fractions of a year do not go together",
                field="at",
            )
        at = flow.at.after(start) if isinstance(flow.at, Offset) else flow.at
        moved.append(Flow(at, flow.fen))
    return moved


def _in_years(flows: tuple[Flow, ...]) -> list[Flow]:
    return [
        Flow(at.years() if isinstance(at := flow.at, Offset) else at, flow.fen) for flow in flows
    ]
