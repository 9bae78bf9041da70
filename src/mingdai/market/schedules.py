"""Repayment schedules on real calendar dates, to the fen.

The four ways lenders repay: 等额本息, 等额本金, 先息后本, 一次性还本付息.  Interest of a month
is a twelfth of the annual rate on what is still owed; interest of days is over a year of 365.
Each part is rounded to the fen and the last instalment absorbs the rounding of the principal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from mingdai.errors import Invalid
from mingdai.market.calendars import add_months
from mingdai.market.flows import CashFlow, Flow, Offset
from mingdai.market.money import round_fen


class Repayment(StrEnum):
    """How a loan is paid back."""

    EQUAL_INSTALMENT = "equal_instalment"
    """等额本息"""
    EQUAL_PRINCIPAL = "equal_principal"
    """等额本金"""
    INTEREST_FIRST = "interest_first"
    """先息后本"""
    LUMP_SUM = "lump_sum"
    """一次性还本付息"""


class FeeKind(StrEnum):
    """What a charge beside interest calls itself; all of them are cost."""

    SERVICE = "service"
    GUARANTEE = "guarantee"
    INSURANCE = "insurance"
    MEMBERSHIP = "membership"


class FeeTiming(StrEnum):
    """When a fee falls due."""

    DEDUCTED = "deducted"
    """Kept back from the payout, which is then less than the contract (砍头息)."""
    UPFRONT = "upfront"
    """Paid by the borrower on the day of the payout."""
    PER_PERIOD = "per_period"
    AT_END = "at_end"


class FeeBasis(StrEnum):
    """What a fee's value means: yuan, or percent of the amount or of what is still owed."""

    FIXED = "fixed"
    ON_AMOUNT = "on_amount"
    ON_BALANCE = "on_balance"


class PayeeKind(StrEnum):
    """Who takes the money."""

    LENDER = "lender"
    GUARANTOR = "guarantor"
    INSURER = "insurer"
    SERVICE_PROVIDER = "service_provider"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Fee:
    """One charge.  `value` is fen where `basis` is fixed, else percent, each time it falls due."""

    kind: FeeKind
    payee_kind: PayeeKind
    payee: str
    timing: FeeTiming
    basis: FeeBasis
    value: Fraction

    def of(self, *, amount: int, balance: int) -> int:
        """The fen due on a loan of `amount` with `balance` still owed."""
        base = {
            FeeBasis.FIXED: Fraction(100),
            FeeBasis.ON_AMOUNT: Fraction(amount),
            FeeBasis.ON_BALANCE: Fraction(balance),
        }[self.basis]
        return round_fen(self.value * base / 100)


@dataclass(frozen=True, slots=True)
class Span:
    """The length of a loan: months of instalments, or days with one payment; one of them is 0."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        """As the catalogue writes it: `12m`, `30d`."""
        return f"{self.months}m" if self.months else f"{self.days}d"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a schedule is made of; `annual_pct` is the contract's interest rate a year."""

    amount: int
    annual_pct: Fraction
    span: Span
    repayment: Repayment
    fees: tuple[Fee, ...] = ()


@dataclass(frozen=True, slots=True)
class Instalment:
    """One due date; all parts in fen.  `fees` are in the order of the terms' fees, 0 if none due.

    `balance` is what is owed after it.
    """

    number: int
    due: date
    principal: int
    interest: int
    fees: tuple[int, ...]
    balance: int

    @property
    def total(self) -> int:
        """All that is due on that date."""
        return self.principal + self.interest + sum(self.fees)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole loan: what is kept back, what is paid on the first day, and every due date."""

    terms: Terms
    start: date
    deducted: tuple[int, ...]
    upfront: tuple[int, ...]
    instalments: tuple[Instalment, ...]

    def cash_flow(self) -> CashFlow:
        """The borrower's cash flow, every payee counted, at the terms' own months or days.

        So a loan of 30 days is one of days, whatever month it falls in.
        """
        at_once = sum(self.deducted) + sum(self.upfront)
        payments = [Flow(self._at(each), each.total) for each in self.instalments if each.total]
        if at_once:
            payments.insert(0, Flow(Offset(), at_once))
        advance = Flow(Offset(), self.terms.amount)
        return CashFlow((advance,), tuple(payments), nominal=self.terms.amount)

    def _at(self, instalment: Instalment) -> Offset:
        span = self.terms.span
        last = span.days or self.terms.repayment is Repayment.LUMP_SUM
        return Offset(months=span.months if last else instalment.number, days=span.days)

    def fee_total(self, index: int) -> int:
        """All the borrower pays for one of the terms' fees, in fen."""
        later = sum(each.fees[index] for each in self.instalments)
        return self.deducted[index] + self.upfront[index] + later

    def interest_total(self) -> int:
        """All interest, in fen."""
        return sum(each.interest for each in self.instalments)


def schedule_loan(terms: Terms, start: date) -> Schedule:
    """Every due date of a loan paid out on `start`.

    Raises Invalid `schedule.bad_terms` for no amount, no length, or instalments over days.
    """
    _check(terms)
    balance, instalments = terms.amount, []
    for number, (principal, interest) in enumerate(_parts(terms), start=1):
        last = number == (terms.span.months or 1) or terms.repayment is Repayment.LUMP_SUM
        fees = tuple(_due(fee, terms, balance, last) for fee in terms.fees)
        balance -= principal
        due = _due_date(terms, start, number)
        instalments.append(Instalment(number, due, principal, interest, fees, balance))
    return Schedule(
        terms=terms,
        start=start,
        deducted=_at_start(terms, FeeTiming.DEDUCTED),
        upfront=_at_start(terms, FeeTiming.UPFRONT),
        instalments=tuple(instalments),
    )


def _check(terms: Terms) -> None:
    span = terms.span
    one_length = (span.months > 0) != (span.days > 0)
    fits = terms.repayment is Repayment.LUMP_SUM or span.months > 0
    if terms.amount <= 0 or terms.annual_pct < 0 or not one_length or not fits:
        raise Invalid(
            code="schedule.bad_terms",
            reason="a schedule needs an amount, a rate of 0 or more, and months or days; "
            "a loan in days is repaid once",
        )


def _due_date(terms: Terms, start: date, number: int) -> date:
    if terms.span.days:
        return start + timedelta(days=terms.span.days)
    if terms.repayment is Repayment.LUMP_SUM:
        return add_months(start, terms.span.months)
    return add_months(start, number)


def _due(fee: Fee, terms: Terms, balance: int, last: bool) -> int:
    due = fee.timing is FeeTiming.PER_PERIOD or (fee.timing is FeeTiming.AT_END and last)
    return fee.of(amount=terms.amount, balance=balance) if due else 0


def _at_start(terms: Terms, timing: FeeTiming) -> tuple[int, ...]:
    return tuple(
        fee.of(amount=terms.amount, balance=terms.amount) if fee.timing is timing else 0
        for fee in terms.fees
    )


def _parts(terms: Terms) -> list[tuple[int, int]]:
    """Principal and interest of each instalment, in fen."""
    amount, months = terms.amount, terms.span.months
    monthly = terms.annual_pct / 1200
    match terms.repayment:
        case Repayment.LUMP_SUM:
            years = Fraction(months, 12) + Fraction(terms.span.days, 365)
            return [(amount, round_fen(amount * terms.annual_pct / 100 * years))]
        case Repayment.INTEREST_FIRST:
            interest = round_fen(amount * monthly)
            return [(0, interest)] * (months - 1) + [(amount, interest)]
        case Repayment.EQUAL_PRINCIPAL:
            return _amortise(amount, monthly, [amount // months] * months)
        case Repayment.EQUAL_INSTALMENT:
            return _amortise(amount, monthly, None, instalment=_instalment(amount, monthly, months))


def _amortise(
    amount: int, monthly: Fraction, parts: list[int] | None, *, instalment: tuple[int, int] = (0, 0)
) -> list[tuple[int, int]]:
    """Interest on what is owed; the principal given, or what the fixed instalment leaves."""
    rows, balance = [], amount
    payment, count = instalment if parts is None else (0, len(parts))
    for number in range(count):
        interest = round_fen(balance * monthly)
        principal = payment - interest if parts is None else parts[number]
        principal = balance if number == count - 1 else min(max(principal, 0), balance)
        rows.append((principal, interest))
        balance -= principal
    return rows


def _instalment(amount: int, monthly: Fraction, months: int) -> tuple[int, int]:
    """The fixed instalment P * i / (1 - (1 + i) ** -n), in fen, and how many."""
    if not monthly:
        return round_fen(Fraction(amount, months)), months
    with localcontext() as context:
        context.prec = 50
        rate = Decimal(monthly.numerator) / Decimal(monthly.denominator)
        exact = amount * rate / (1 - (1 + rate) ** -months)
    return round_fen(Fraction(exact)), months
