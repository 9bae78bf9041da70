"""Times are read exactly and laid out on one scale."""

from datetime import date
from fractions import Fraction

import pytest

from mingdai.errors import Invalid
from mingdai.market.flows import CashFlow, Flow, Offset, lay_out, parse_at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-02-10", date(2026, 2, 10)),
        ("2d", Offset(days=2)),
        ("3w", Offset(weeks=3)),
        ("1m", Offset(months=1)),
        ("2y", Offset(months=24)),
        ("3/12", Fraction(1, 4)),
        ("0", Offset()),
        ("2", Fraction(2)),
    ],
)
def test_a_time_is_a_date_an_offset_or_years(text, at):
    assert parse_at(text, field="at") == at


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2x", "", "-1d", "1/0", "1.5m", 3, None, "٣d", "101y", "101", "0001-01-01"],
)
def test_what_is_not_a_time_is_refused(text):
    with pytest.raises(Invalid) as refused:
        parse_at(text, field="at")

    assert refused.value.code == "cost.bad_time"


def test_offsets_follow_the_date_of_the_advance_with_months_clamped():
    loan = CashFlow((Flow(date(2026, 1, 31), 100),), (Flow(Offset(months=1), 100),))

    assert lay_out(loan).dates == (date(2026, 1, 31), date(2026, 2, 28))


def test_what_falls_on_one_time_is_netted():
    loan = CashFlow((Flow(Offset(), 100),), (Flow(Offset(), 10), Flow(Offset(days=1), 100)))

    line = lay_out(loan)

    assert (line.fen, line.paid_at_start, line.paid) == ((-90, 100), 10, (1,))


def test_years_and_offsets_become_years():
    loan = CashFlow((Flow(Offset(), 100),), (Flow(Offset(months=3), 50), Flow(Fraction(1, 2), 60)))

    assert lay_out(loan).years == (Fraction(0), Fraction(1, 4), Fraction(1, 2))
