from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_sandbox.repaying import Payment, months_after, repay_at_once, spread_equally, worsen

START = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), 24, date(2028, 1, 31)),
    ],
)
def test_months_are_counted_on_the_real_calendar(day, months, then):
    assert months_after(day, months) == then


@given(
    amount_fen=st.integers(1_000, 10**9),
    months=st.integers(1, 60),
    rate=st.integers(0, 30_000),
)
def test_the_principal_of_a_plan_adds_up_to_the_amount(amount_fen, months, rate):
    plan = spread_equally(amount_fen, months=months, monthly_rate_ppm=rate, start=START)

    assert sum(each.principal_fen for each in plan) == amount_fen
    assert all(each.principal_fen >= 0 and each.interest_fen >= 0 for each in plan)
    assert len(plan) == months


def test_instalments_are_equal_up_to_the_last():
    plan = spread_equally(1_200_000, months=12, monthly_rate_ppm=10_000, start=START)

    assert {each.total_fen for each in plan[:-1]} == {106_619}
    assert abs(plan[-1].total_fen - 106_619) <= 12


@pytest.mark.parametrize(("amount", "months"), [(0, 12), (100, 0)])
def test_a_plan_needs_an_amount_and_a_term(amount, months):
    with pytest.raises(ValueError, match="needs"):
        spread_equally(amount, months=months, monthly_rate_ppm=1, start=START)


def test_a_loan_in_days_is_one_payment():
    plan = repay_at_once(100_000, days=14, daily_rate_ppm=500, start=START)

    assert plan == [Payment(date(2026, 2, 14), 100_000, 700)]


def test_a_worse_plan_has_the_same_principal_and_more_of_everything_else():
    plan = spread_equally(1_200_000, months=3, monthly_rate_ppm=10_000, start=START)

    worse = worsen(plan)

    assert [w.principal_fen for w in worse] == [p.principal_fen for p in plan]
    assert all(w.total_fen > p.total_fen for w, p in zip(worse, plan, strict=True))
