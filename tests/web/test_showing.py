"""How values look."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from mingdai.market.schedules import Span
from mingdai.web.showing import (
    both,
    called,
    field_name,
    field_names,
    icon,
    in_term,
    never_asked,
    pct,
    spaced,
    span_of,
    thousands,
    yuan,
)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (1_048_272, "¥10,482.72"),
        (1_000_000, "¥10,000"),
        (5, "¥0.05"),
        (-150, "-¥1.50"),
        (None, "—"),
    ],
)
def test_money_is_written_in_yuan(fen, text):
    assert yuan(fen) == text


@pytest.mark.parametrize(("bps", "text"), [(880, "8.80%"), (1_095_000, "10,950.00%"), (None, "—")])
def test_a_rate_is_written_in_percent(bps, text):
    assert pct(bps) == text


def test_names_follow_the_language():
    with override("en"):
        english = (
            field_name("id_number"),
            called("licence", "bank"),
            never_asked(),
            both({"zh": "甲", "en": "A"}),
        )
    chinese = (field_name("id_number"), called("licence", "bank"), both({"zh": "甲", "en": "A"}))

    assert english[:2] == ("ID number", "Commercial bank")
    assert "call log" in english[2]
    assert english[3] == "A"
    assert chinese == ("身份证号", "商业银行", "甲")


def test_unknown_codes_stand_for_themselves():
    assert (field_name("odd"), called("route", "odd")) == ("odd", "odd")


def test_lists_lengths_and_masks_read_well():
    assert field_names(["name", "mobile"]) == "姓名、手机号"
    assert (in_term(12, "month"), span_of(Span(days=30)), thousands(10_000)) == (
        "12 个月",
        "30 天",
        "10,000",
    )
    assert spaced("9****************8") == "9****8"
    assert spaced("****-**-**") == "****-**-**"


def test_an_icon_is_silent():
    assert 'aria-hidden="true"' in icon("check")
