import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.trace.reporting.telling import (
    chance_said,
    count,
    one_in,
    percent,
    power,
    rounded,
    share_said,
)
from mingdai.trace.reporting.wording import Words


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (776, "776"), (12_345.0, "12,345"), (2.743, "2.74"), (5.7e-12, "5.7 × 10⁻¹²")],
)
def test_a_count(value, said):
    assert count(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.28, "0.28"), (1.0, "1"), (2.4e-7, "2.4 × 10⁻⁷"), (1e-103, "< 10⁻¹²")]
)
def test_a_chance(value, said):
    assert chance_said(value) == said
    assert value < 1e-12 or power(value) == said


@pytest.mark.parametrize(
    ("chance", "zh", "en"),
    [
        (1e-3, "千分之一", "one in a thousand"),
        (2.6e-4, "3,800 分之一", "one in 3,800"),
        (9e-7, "百万分之一", "one in a million"),
        (1e-80, "万亿分之一", "one in a trillion"),
        (0.0, "万亿分之一", "one in a trillion"),
        (0.25, "4 分之一", "one in 4"),
    ],
)
def test_one_in_so_many(chance, zh, en):
    assert [one_in(chance, Words("zh")), one_in(chance, Words("en"))] == [zh, en]


@given(st.floats(1, 1e15))
def test_rounding_never_says_more_than_is_true(value):
    said = float(rounded(value).replace(",", ""))

    assert said <= value + 0.5
    assert said >= 0.9 * value - 0.5


@pytest.mark.parametrize(
    ("share", "said"), [(0.9999, "> 99.9 %"), (0.0549, "5.5 %"), (0, "< 0.1 %")]
)
def test_a_probability_is_never_rounded_to_certainty(share, said):
    assert percent(share) == said


def test_all_of_a_count_is_said_as_such():
    assert [share_said(5, 5), share_said(0, 5), share_said(1, 4)] == ["100 %", "0 %", "25.0 %"]
