"""The equation is solved where it has one answer, at any size."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.market.solving import Equation, Term


def equation(*pairs):
    return Equation([Term(fen, Fraction(time)) for time, fen in pairs])


@given(received=st.integers(1, 10**15), repaid=st.integers(1, 10**15), days=st.integers(1, 20_000))
def test_one_payment_has_its_closed_answer(received, repaid, days):
    root = equation((0, -received), (days, repaid)).solve()

    assert root.growth == pytest.approx(math.log(repaid / received) / days, rel=1e-9, abs=1e-12)


@given(
    payments=st.lists(st.integers(1, 10**12), min_size=2, max_size=40),
    received=st.integers(1, 10**12),
)
def test_at_the_root_nothing_is_left_over(payments, received):
    loan = equation((0, -received), *((time, fen) for time, fen in enumerate(payments, start=1)))

    root = loan.solve()

    assert root.growth is not None
    assert loan.excess(root.growth) == pytest.approx(0, abs=1e-9)


def test_an_odd_fraction_earns_simple_interest():
    loan = Equation([Term(-100, Fraction(0)), Term(121, Fraction(1), Fraction(1, 2))])

    growth = loan.solve().growth

    assert growth is not None
    rate = math.expm1(growth)
    assert (1 + rate / 2) * (1 + rate) == pytest.approx(1.21)


@pytest.mark.parametrize(
    ("pairs", "note"),
    [
        ([(0, -100)], "no_solution"),
        ([], "no_solution"),
        ([(0, 100), (1, 50)], "no_solution"),
        ([(0, 100), (1, -50)], "no_solution"),
        ([(0, -100), (1, 230), (2, -132)], "several_rates"),
        ([(0, -100), (1, 100), (2, -100)], "no_solution"),
    ],
)
def test_no_figure_is_invented(pairs, note):
    root = equation(*pairs).solve()

    assert (root.growth, root.note) == (None, note)
