"""Months end where the calendar ends them."""

from datetime import date

import pytest

from mingdai.market.calendars import add_months, is_month_end, months_back, whole_months


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-01-31", 2, "2026-03-31"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_a_month_later_is_clamped_to_the_months_end(start, months, end):
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_a_due_day_survives_a_short_month():
    assert add_months(date(2026, 2, 28), 1, due_day=31) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-01-10", "2026-03-10", 2),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-02-28", "2026-03-31", 1),
        ("2026-01-10", "2026-03-11", None),
    ],
)
def test_whole_months_are_told_from_others(start, end, months):
    assert whole_months(date.fromisoformat(start), date.fromisoformat(end)) == months


def test_months_are_counted_back_and_days_are_left_at_the_front():
    assert months_back(date(1978, 2, 10), date(1978, 4, 1)) == (1, 19)


def test_month_ends_are_known():
    assert is_month_end(date(2028, 2, 29))
    assert not is_month_end(date(2028, 2, 28))
