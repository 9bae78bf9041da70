"""Each convention counts the same loan in its own unit-periods."""

from datetime import date
from fractions import Fraction

import pytest

from mingdai.errors import Invalid
from mingdai.market.conventions import Convention, count_time, term_days
from mingdai.market.flows import CashFlow, Flow, Offset, lay_out


def times(convention, *at):
    loan = CashFlow((Flow(at[0], 100),), tuple(Flow(each, 60) for each in at[1:]))
    count = count_time(lay_out(loan), convention)
    return [whole + odd for whole, odd in count.times], count.per_year


def test_pboc_counts_months_between_like_days():
    counted = times(Convention.PBOC, date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))

    assert counted == ([0, 1, 2], 12)


def test_pboc_counts_an_odd_first_period_and_then_months():
    counted = times(Convention.PBOC, date(2026, 1, 10), date(2026, 2, 15), date(2026, 3, 15))

    assert counted == ([0, 1 + Fraction(60, 365), 2 + Fraction(60, 365)], 12)


def test_pboc_counts_a_loan_in_days_by_its_own_term():
    assert times(Convention.PBOC, date(2026, 1, 10), date(2026, 1, 24)) == (
        [0, 1],
        Fraction(365, 14),
    )
    assert times(Convention.PBOC, Offset(), Offset(days=30)) == ([0, 1], Fraction(365, 30))


def test_pboc_counts_several_payments_in_days_by_what_divides_them():
    counted = times(Convention.PBOC, Offset(), Offset(days=14), Offset(weeks=3))

    assert counted == ([0, 2, 3], Fraction(365, 7))


def test_europe_counts_months_then_days_back_from_the_later_date():
    counted, per_year = times(
        Convention.EU, date(2026, 1, 10), date(2026, 2, 15), date(2026, 3, 10)
    )

    assert counted == [0, Fraction(1, 12) + Fraction(5, 365), Fraction(2, 12)]
    assert per_year == 1


def test_europe_divides_days_by_the_year_before_a_leap_day_counted():
    counted, _ = times(Convention.EU, date(2028, 3, 1), date(2028, 4, 6))

    assert counted[1] == Fraction(1, 12) + Fraction(5, 366)


def test_europe_counts_whole_weeks_as_weeks():
    assert times(Convention.EU, date(2026, 1, 5), date(2026, 1, 19))[0] == [0, Fraction(2, 52)]


def test_day_years_count_actual_days():
    dates = (date(2028, 2, 1), date(2028, 3, 1))

    assert times(Convention.DAY365, *dates) == ([0, 29], 365)
    assert times(Convention.DAY365_25, *dates) == ([0, 29], Fraction(1461, 4))


def test_regulation_z_counts_offsets_as_dates():
    assert times(Convention.REGZ, Offset(), Offset(months=1), Offset(months=2)) == ([0, 1, 2], 12)


def test_regulation_z_refuses_a_fraction_that_is_no_month_and_no_day():
    with pytest.raises(Invalid) as refused:
        times(Convention.REGZ, Offset(), Fraction(1, 7))

    assert refused.value.code == "cost.needs_dates"


def test_the_term_is_in_days():
    def days(at):
        return term_days(lay_out(CashFlow((Flow(Offset(), 1),), (Flow(at, 1),))))

    assert days(Offset(months=12)) == 365
    assert days(Offset(weeks=2)) == 14
    assert days(Fraction(2, 365)) == 2


def test_weeks_and_days_stand_in_the_order_of_the_calendar():
    loan = CashFlow(
        (Flow(Offset(), 100),), (Flow(Offset(days=701), 60), Flow(Offset(weeks=100), 60))
    )

    assert lay_out(loan).offsets[1:] == (Offset(weeks=100), Offset(days=701))
