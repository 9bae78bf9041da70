"""Appendix J's unit-periods: which one, how many, and what fraction is left."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from mingdai.market.calendars import add_months
from mingdai.market.regz import count_regz


def series(start, first, count, *, months=0, days=0):
    step = [add_months(first, months * each) + timedelta(days=days * each) for each in range(count)]
    dates = (start, *step)
    return count_regz(dates, advanced=(0,), paid=tuple(range(1, len(dates))))


@pytest.mark.parametrize(
    ("counted", "whole", "odd", "per_year"),
    [
        (series(date(1978, 1, 10), date(1978, 2, 10), 24, months=1), 1, Fraction(0), 12),
        (series(date(1978, 2, 10), date(1978, 4, 1), 36, months=1), 1, Fraction(19, 30), 12),
        (series(date(1978, 5, 23), date(1978, 10, 1), 40, months=3), 1, Fraction(39, 90), 4),
        (series(date(1978, 3, 20), date(1978, 4, 21), 30, days=7), 4, Fraction(4, 7), 52),
        (series(date(1978, 3, 18), date(1978, 4, 20), 12, days=28), 1, Fraction(5, 28), 13),
        (series(date(2026, 1, 31), date(2026, 2, 28), 1, months=1), 1, Fraction(0), 12),
    ],
    ids=["months", "long first month", "quarters", "weeks", "4 weeks", "single month"],
)
def test_the_first_payment_is_so_many_unit_periods_away(counted, whole, odd, per_year):
    times, a_year = counted

    assert times[1] == (whole, odd)
    assert a_year == per_year


def test_semimonths_are_recognised_and_counted_in_fifteens():
    firsts = [add_months(date(1978, 3, 1), each) for each in range(3)]
    dates = sorted(firsts + [day.replace(day=16) for day in firsts])

    times, per_year = count_regz(
        (date(1978, 2, 23), *dates), advanced=(0,), paid=(1, 2, 3, 4, 5, 6)
    )

    assert per_year == 24
    assert [whole for whole, _ in times[1:]] == [0, 1, 2, 3, 4, 5]
    assert {odd for _, odd in times[1:]} == {Fraction(6, 15)}


def test_payments_on_last_days_are_whole_months_apart():
    days = [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]

    times, _ = count_regz((date(2026, 1, 31), *days), advanced=(0,), paid=(1, 2, 3))

    assert times == tuple((Fraction(each), Fraction(0)) for each in range(4))


def test_payments_on_the_30th_take_february_at_its_end():
    days = [date(2026, 1, 30), date(2026, 2, 28), date(2026, 3, 30)]

    times, _ = count_regz((date(2025, 12, 30), *days), advanced=(0,), paid=(1, 2, 3))

    assert times == tuple((Fraction(each), Fraction(0)) for each in range(4))


def test_a_single_payment_within_a_year_is_one_unit_period():
    assert series(date(1978, 1, 3), date(1978, 9, 15), 1)[1] == Fraction(365, 255)
    assert series(date(1978, 1, 15), date(1978, 7, 15), 1)[1] == 2


def test_a_single_payment_after_more_than_a_year_is_counted_in_years():
    times, per_year = series(date(1978, 1, 10), date(1979, 7, 10), 1)

    assert (times[1], per_year) == ((1, Fraction(6, 12)), 1)


def test_without_a_common_period_the_average_is_rounded_down_between_equals():
    days = [date(2026, 2, 10), date(2026, 5, 10)]

    _, per_year = count_regz((date(2026, 1, 10), *days), advanced=(0,), paid=(1, 2))

    assert per_year == 6


def test_several_advances_are_counted_from_the_first():
    days = [date(2026, month, 10) for month in range(1, 9)]

    times, per_year = count_regz(tuple(days), advanced=(0, 1, 2), paid=(4, 5, 6, 7))

    assert per_year == 12
    assert [whole for whole, _ in times] == list(range(8))
