"""A wish out of an address."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from mingdai.market.schedules import Span
from mingdai.web.wishing import in_order, read_wish


def test_amount_length_and_bands_are_read():
    wanted = read_wish(QueryDict("amount=20000&term=30d&age=23-30&region=33"))

    assert (wanted.wish.amount, wanted.wish.span, wanted.wish.age) == (
        2_000_000,
        Span(days=30),
        "23-30",
    )
    assert wanted.query() == "amount=20000&term=30d"
    assert wanted.whole_query() == "amount=20000&term=30d&age=23-30&region=33"


def test_an_amount_of_ones_own_is_compared_at_the_nearest():
    wanted = read_wish(QueryDict("amount=12345"))

    assert wanted.query() == "amount=12345&term=12m"
    assert wanted.compared.amount == 10_000


@pytest.mark.parametrize("text", ["", "amount=0", "amount=٣", "term=0m", "term=12x", "age=12"])
def test_what_is_not_offered_falls_back(text):
    wanted = read_wish(QueryDict(text))

    assert (wanted.amount, wanted.term) == (10_000, "12m")
    assert not any(wanted.bands.values())


def test_lengths_stand_shortest_first_each_once():
    spans = [Span(months=3), Span(days=30), Span(months=12), Span(days=30)]

    assert in_order(spans) == [Span(days=30), Span(months=3), Span(months=12)]
