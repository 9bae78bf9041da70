"""Every offer is shown once, in the published order, blind to what a lender pays."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.errors import Invalid
from mingdai.market.bands import AGES, EMPLOYMENT, INCOME, REGIONS
from mingdai.market.catalogue import read_catalogue
from mingdai.market.matching import REASONS, Offer, Wish, match_offers, offer_of
from mingdai.market.quoting import COMPARED_FEN, quote_all
from mingdai.market.schedules import Span

ROOT = Path(__file__).parents[2]
PRODUCTS = read_catalogue(ROOT / "src/mingdai_demo/catalogue")
QUOTES = {each.id: quote_all(each, start=date(2026, 11, 24)) for each in PRODUCTS}
OFFERS = [offer_of(each, QUOTES[each.id]) for each in PRODUCTS]


def codes(bands):
    return st.sampled_from(["", *(band.code for band in bands)])


WISHES = st.builds(
    Wish,
    amount=st.sampled_from(COMPARED_FEN),
    span=st.sampled_from([None, Span(months=3), Span(months=12), Span(days=30)]),
    age=codes(AGES),
    region=codes(REGIONS),
    employment=codes(EMPLOYMENT),
    income=codes(INCOME),
)


@given(wish=WISHES)
def test_every_offer_is_shown_once(wish):
    outcome = match_offers(wish, OFFERS)

    shown = [each.offer.product_id for each in (*outcome.matched, *outcome.unmatched)]
    assert sorted(shown) == sorted(each.id for each in PRODUCTS)
    assert [each.rank for each in outcome.matched] == list(range(1, len(outcome.matched) + 1))


@given(wish=WISHES)
def test_an_unmatched_offer_has_a_published_reason(wish):
    outcome = match_offers(wish, OFFERS)

    assert all(each.reasons and set(each.reasons) <= set(REASONS) for each in outcome.unmatched)


@given(wish=WISHES)
def test_with_a_length_chosen_cheaper_comes_first(wish):
    costs = [each.quote.total_cost for each in match_offers(wish, OFFERS).matched]
    rates = [each.quote.simple_bps for each in match_offers(wish, OFFERS).matched]

    assert (costs if wish.span else rates) == sorted(costs if wish.span else rates)


@given(
    wish=WISHES,
    order=st.permutations(range(len(PRODUCTS))),
    prices=st.permutations([product.lead_price for product in PRODUCTS]),
)
def test_neither_lead_price_nor_input_order_changes_anything(wish, order, prices):
    repriced = [
        dataclasses.replace(PRODUCTS[place], lead_price=price)
        for place, price in zip(order, prices, strict=True)
    ]

    outcome = match_offers(wish, [offer_of(each, QUOTES[each.id]) for each in repriced])

    assert outcome == match_offers(wish, OFFERS)


def test_an_offer_does_not_know_what_its_lender_pays():
    assert not [field.name for field in dataclasses.fields(Offer) if "price" in field.name]


@pytest.mark.parametrize(
    ("wish", "product", "reason"),
    [
        (Wish(100_000), "jiangyu-xinyong", "match.amount"),
        (Wish(1_000_000, Span(months=3)), "jiangyu-suijie", "match.term"),
        (Wish(1_000_000, age="66-"), "linzhou-yidai", "match.age"),
        (Wish(1_000_000, region="11"), "baifu-huinong", "match.region"),
        (Wish(1_000_000, employment="student"), "yunting-qingxiang", "match.employment"),
        (Wish(1_000_000, income="0-3k"), "jiangyu-xinyong", "match.income"),
    ],
)
def test_each_reason_is_said_where_it_holds(wish, product, reason):
    outcome = match_offers(wish, OFFERS)

    reasons = {each.offer.product_id: each.reasons for each in outcome.unmatched}
    assert reason in reasons[product]


def test_an_age_band_fits_if_any_age_in_it_is_accepted():
    matched = match_offers(Wish(1_000_000, age="18-22"), OFFERS).matched

    assert "yunting-qingxiang" in {each.offer.product_id for each in matched}


def test_ties_are_broken_by_lender_and_product():
    twins = [
        dataclasses.replace(OFFERS[0], lender_id=lender, product_id=product)
        for lender, product in (("b", "z"), ("a", "y"), ("a", "x"))
    ]

    matched = match_offers(Wish(1_000_000), twins).matched

    assert [(each.offer.lender_id, each.offer.product_id) for each in matched] == [
        ("a", "x"),
        ("a", "y"),
        ("b", "z"),
    ]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(1_000_001), "match.unknown_amount"),
        (Wish(1_000_000, age="25"), "match.unknown_band"),
        (Wish(1_000_000, region="北京"), "match.unknown_band"),
    ],
    ids=str,
)
def test_what_is_not_a_choice_is_refused(wish, code):
    with pytest.raises(Invalid) as refused:
        match_offers(wish, OFFERS)

    assert refused.value.code == code


def test_the_published_rule_names_every_reason_and_the_version():
    text = (ROOT / "docs/ranking.md").read_text(encoding="utf-8")

    assert "`ranking/1`" in text
    assert all(f"| `{code}` | {zh} |" in text for code, (zh, _) in REASONS.items())
