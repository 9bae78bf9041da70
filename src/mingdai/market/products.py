"""What a lender and its product are, once read: frozen, in fen, with nothing left to look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from mingdai.market.canonical import Json
from mingdai.market.schedules import Fee, PayeeKind, Repayment, Schedule, Span, Terms, schedule_loan
from mingdai.words import LicenceKind, PartnerId, Route


class DefaultKind(StrEnum):
    """What a loan costs when it is not paid as agreed."""

    PENALTY_INTEREST = "penalty_interest"
    """罚息"""
    LATE_FEE = "late_fee"
    """违约金"""
    EARLY_REPAYMENT = "early_repayment"
    """提前还款费用"""


class DefaultBasis(StrEnum):
    """What a default cost's value is a measure of."""

    OF_CONTRACT_RATE = "of_contract_rate"
    """percent of the contract's rate, on what is overdue (150: one and a half times)"""
    ON_OVERDUE_DAILY = "on_overdue_daily"
    """percent a day of what is overdue"""
    ON_BALANCE = "on_balance"
    """percent of what is still owed, once"""
    FIXED = "fixed"
    """yuan, each time"""


@dataclass(frozen=True, slots=True)
class DefaultCost:
    """One cost of default; `value` in the unit of its basis (fen where fixed)."""

    kind: DefaultKind
    payee_kind: PayeeKind
    payee: str
    basis: DefaultBasis
    value: Fraction


@dataclass(frozen=True, slots=True)
class Lender:
    """资金方: the legal entity whose money it is, as its catalogue file says."""

    id: PartnerId
    legal_name: str
    short_name: str
    legal_name_en: str
    licence: LicenceKind
    licence_number: str
    licence_until: date | None
    contact: str
    complaint_phone: str
    retention_days: int


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may apply: ages in whole years, and the codes of accepted bands (`bands.py`)."""

    age_min: int
    age_max: int
    regions: frozenset[str]
    employment: frozenset[str]
    income: frozenset[str]


@dataclass(frozen=True, slots=True)
class AskedField:
    """One field a product needs, and why, in both languages; no reason is "" ."""

    code: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Product:
    """One loan product.  `version` is the hash of `spec`, everything a borrower may see of it.

    `page` is the lender's own https address for the route `lender_page`, "" for the others.
    `lead_price` (fen) is what the lender pays us for an application: in no hash, no ranking and
    no page but the operator's.
    """

    id: str
    lender: Lender
    name: str
    name_en: str
    route: Route
    page: str
    amount_min: int
    amount_max: int
    spans: tuple[Span, ...]
    repayments: tuple[Repayment, ...]
    annual_pct: Fraction
    fees: tuple[Fee, ...]
    default_costs: tuple[DefaultCost, ...]
    eligibility: Eligibility
    fields: tuple[AskedField, ...]
    lead_price: int
    version: str
    spec: dict[str, Json]

    def registered(self) -> dict[str, str]:
        """Field code to the stated necessity, for `words.Proposal.registered`."""
        return {each.code: each.reason_zh for each in self.fields}

    def schedule(self, amount: int, span: Span, repayment: Repayment, *, start: date) -> Schedule:
        """The schedule of one such loan.  Raises Invalid `schedule.bad_terms`."""
        terms = Terms(amount, self.annual_pct, span, repayment, self.fees)
        return schedule_loan(terms, start)

    def ways(self) -> list[tuple[Span, Repayment]]:
        """Each length with each way of repaying that fits it: days are repaid once."""
        return [
            (span, repayment)
            for span in self.spans
            for repayment in self.repayments
            if span.months or repayment is Repayment.LUMP_SUM
        ]
