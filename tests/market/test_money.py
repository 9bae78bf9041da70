"""Money comes in as a string of yuan and is whole fen inside."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.errors import Invalid
from mingdai.market.money import LARGEST_FEN, parse_yuan, round_fen, yuan


@given(st.integers(0, LARGEST_FEN))
def test_an_amount_survives_writing_and_reading(fen):
    assert parse_yuan(yuan(fen), field="amount") == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (100, "money.not_a_string"),
        (1.5, "money.not_a_string"),
        (None, "money.not_a_string"),
        ("1.234", "money.not_yuan"),
        ("-1.00", "money.not_yuan"),
        ("1e3", "money.not_yuan"),
        ("１００", "money.not_yuan"),
        ("1,000", "money.not_yuan"),
        ("", "money.not_yuan"),
        ("01", "money.not_yuan"),
        ("99999999999999", "money.too_large"),
    ],
)
def test_what_is_not_an_amount_is_refused_by_code(text, code):
    with pytest.raises(Invalid) as refused:
        parse_yuan(text, field="amount")

    assert refused.value.code == code
    assert refused.value.field == "amount"


def test_a_negative_amount_is_written_with_its_sign():
    assert yuan(-5) == "-0.05"


def test_half_a_fen_rounds_away_from_zero():
    assert [round_fen(Fraction(each, 2)) for each in (1, 3, 4, -1)] == [1, 2, 2, -1]
