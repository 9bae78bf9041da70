"""Schedules are right to the fen on real dates."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.errors import Invalid
from mingdai.market.costing import compute_cost
from mingdai.market.schedules import (
    Fee,
    FeeBasis,
    FeeKind,
    FeeTiming,
    PayeeKind,
    Repayment,
    Span,
    Terms,
    schedule_loan,
)

START = date(2026, 1, 31)
YEAR = Span(months=12)


def terms(repayment, amount=1_000_000, pct="24", span=YEAR, fees=()):
    return Terms(amount, Fraction(pct), span, repayment, fees)


def fee(timing, basis=FeeBasis.ON_AMOUNT, value=1, kind=FeeKind.SERVICE):
    return Fee(kind, PayeeKind.LENDER, "示例银行", timing, basis, Fraction(value))


def test_equal_instalments_of_24_percent_are_945_60_to_the_end():
    plan = schedule_loan(terms(Repayment.EQUAL_INSTALMENT), START)

    assert {each.total for each in plan.instalments[:-1]} == {94560}
    assert abs(plan.instalments[-1].total - 94560) < 10
    assert compute_cost(plan.cash_flow()).simple_pct == pytest.approx(24, abs=0.005)


def test_equal_principal_falls_by_its_interest():
    plan = schedule_loan(terms(Repayment.EQUAL_PRINCIPAL, amount=1_200_000, pct="12"), START)

    assert [each.principal for each in plan.instalments] == [100_000] * 12
    assert [each.interest for each in plan.instalments[:3]] == [12_000, 11_000, 10_000]


def test_interest_first_returns_the_principal_last():
    plan = schedule_loan(terms(Repayment.INTEREST_FIRST, pct="12"), START)

    assert [each.total for each in plan.instalments] == [10_000] * 11 + [1_010_000]


def test_a_lump_sum_is_paid_once_after_months_or_days():
    months = schedule_loan(terms(Repayment.LUMP_SUM, pct="12"), START)
    days = schedule_loan(terms(Repayment.LUMP_SUM, pct="36.5", span=Span(days=30)), START)

    assert [(each.due, each.total) for each in months.instalments] == [
        (date(2027, 1, 31), 1_120_000)
    ]
    assert [(each.due, each.total) for each in days.instalments] == [(date(2026, 3, 2), 1_030_000)]


def test_due_dates_are_clamped_to_the_ends_of_months_and_come_back():
    plan = schedule_loan(terms(Repayment.EQUAL_INSTALMENT), START)

    assert [each.due.isoformat() for each in plan.instalments[:4]] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
    ]


@given(
    repayment=st.sampled_from(list(Repayment)),
    amount=st.integers(1, 10**9),
    hundredths=st.integers(0, 36_00),
    months=st.integers(1, 60),
)
def test_the_principal_parts_are_exactly_the_principal(repayment, amount, hundredths, months):
    plan = schedule_loan(
        Terms(amount, Fraction(hundredths, 100), Span(months=months), repayment), START
    )

    assert sum(each.principal for each in plan.instalments) == amount
    assert plan.instalments[-1].balance == 0
    assert all(each.principal >= 0 and each.interest >= 0 for each in plan.instalments)


@given(
    repayment=st.sampled_from(
        [Repayment.EQUAL_INSTALMENT, Repayment.EQUAL_PRINCIPAL, Repayment.INTEREST_FIRST]
    ),
    amount=st.integers(100_000, 10**8),
    hundredths=st.integers(100, 36_00),
    months=st.integers(2, 36),
)
def test_without_fees_the_true_cost_is_the_contracts_rate(repayment, amount, hundredths, months):
    plan = schedule_loan(
        Terms(amount, Fraction(hundredths, 100), Span(months=months), repayment), START
    )

    cost = compute_cost(plan.cash_flow())

    assert cost.simple_pct == pytest.approx(hundredths / 100, abs=0.02)


@pytest.mark.parametrize(
    ("timing", "basis", "value", "deducted", "upfront", "later"),
    [
        (FeeTiming.DEDUCTED, FeeBasis.ON_AMOUNT, 3, 30_000, 0, 0),
        (FeeTiming.UPFRONT, FeeBasis.FIXED, 880_00, 0, 88_000, 0),
        (FeeTiming.PER_PERIOD, FeeBasis.FIXED, 10_00, 0, 0, 12_000),
        (FeeTiming.PER_PERIOD, FeeBasis.ON_AMOUNT, "0.5", 0, 0, 60_000),
        (FeeTiming.PER_PERIOD, FeeBasis.ON_BALANCE, "0.5", 0, 0, 60_000),
        (FeeTiming.AT_END, FeeBasis.ON_AMOUNT, 1, 0, 0, 10_000),
    ],
)
def test_a_fee_falls_due_when_and_as_it_says(timing, basis, value, deducted, upfront, later):
    charge = fee(timing, basis, value)

    plan = schedule_loan(terms(Repayment.INTEREST_FIRST, pct="6", fees=(charge,)), START)

    assert (plan.deducted, plan.upfront) == ((deducted,), (upfront,))
    assert sum(each.fees[0] for each in plan.instalments) == later
    assert plan.fee_total(0) == deducted + upfront + later


def test_a_fee_on_the_balance_falls_with_it():
    charge = fee(FeeTiming.PER_PERIOD, FeeBasis.ON_BALANCE, 1)

    plan = schedule_loan(terms(Repayment.EQUAL_PRINCIPAL, amount=1_200_000, fees=(charge,)), START)

    assert [each.fees for each in plan.instalments[:3]] == [(12_000,), (11_000,), (10_000,)]


def test_a_deducted_membership_fee_shows_in_the_cost():
    charge = fee(FeeTiming.DEDUCTED, FeeBasis.FIXED, 1108_00, FeeKind.MEMBERSHIP)

    plan = schedule_loan(
        terms(Repayment.EQUAL_INSTALMENT, amount=500_000, pct="18", fees=(charge,)), START
    )

    cost = compute_cost(plan.cash_flow())
    assert cost.net_received == 389_200
    assert {"net_below_nominal", "over_36"} <= set(cost.flags)
    assert plan.interest_total() == cost.total_repaid - 500_000


@pytest.mark.parametrize(
    "bad",
    [
        terms(Repayment.LUMP_SUM, amount=0),
        terms(Repayment.LUMP_SUM, span=Span()),
        terms(Repayment.LUMP_SUM, span=Span(months=1, days=1)),
        terms(Repayment.EQUAL_INSTALMENT, span=Span(days=30)),
        terms(Repayment.LUMP_SUM, pct="-1"),
    ],
)
def test_terms_without_a_schedule_are_refused(bad):
    with pytest.raises(Invalid) as refused:
        schedule_loan(bad, START)

    assert refused.value.code == "schedule.bad_terms"


def test_a_length_is_written_as_the_catalogue_writes_it():
    assert [str(Span(months=12)), str(Span(days=30))] == ["12m", "30d"]
