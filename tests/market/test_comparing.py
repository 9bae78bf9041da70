from datetime import timedelta

import pytest

from mingdai.errors import Invalid, Refused
from mingdai.market import models
from mingdai.market.comparing import compare, find_product, parse_span
from mingdai.market.listing import delist, list_products
from mingdai.market.matching import Wish
from mingdai.market.replaying import replay_receipt
from mingdai.market.schedules import Span
from mingdai.partners.models import Partner
from tests.conftest import NOON
from tests.market.shelf import PRODUCTS, add_partners

pytestmark = pytest.mark.django_db

WISH = Wish(amount=1_000_000, span=Span(months=12), age="23-30", employment="employed")


@pytest.fixture
def shelf():
    add_partners(PRODUCTS)
    list_products(PRODUCTS, at=NOON)


def shown(comparison):
    return [each.offer.product_id for each in comparison.outcome.matched]


def test_every_offer_is_matched_or_named_with_its_reason(shelf):
    comparison = compare(WISH, at=NOON)

    unmatched = comparison.outcome.unmatched
    assert len(shown(comparison)) + len(unmatched) == len(PRODUCTS)
    assert all(each.reasons for each in unmatched)
    costs = [each.quote.total_cost for each in comparison.outcome.matched]
    assert costs == sorted(costs)


def test_the_receipt_of_a_comparison_replays(shelf):
    assert replay_receipt(compare(WISH, at=NOON).receipt()) == []


def test_a_page_costs_one_query_once_the_shelf_is_known(shelf, django_assert_num_queries):
    compare(WISH, at=NOON)

    with django_assert_num_queries(1):
        compare(Wish(amount=1_000_000, span=Span(months=6)), at=NOON)


def test_a_suspended_lender_leaves_the_shelf_at_once(shelf):
    first = compare(WISH, at=NOON).outcome.matched[0].offer
    Partner.objects.filter(pk=first.lender_id).update(status=Partner.Status.SUSPENDED)

    offers = compare(WISH, at=NOON).shelf.offers[0]

    assert first.lender_id not in {each.lender_id for each in offers}


def test_a_delisted_product_is_no_longer_found(shelf):
    product = shown(compare(WISH, at=NOON))[0]
    delist(product, at=NOON)

    with pytest.raises(Refused, match="listing.not_on_shelf"):
        find_product(product, at=NOON)


def test_an_expired_licence_leaves_the_shelf_at_midnight(shelf):
    offers = compare(WISH, at=NOON + timedelta(days=365 * 30)).shelf.offers[0]

    assert offers == ()


def test_what_a_lender_pays_does_not_move_its_place(shelf):
    before = shown(compare(WISH, at=NOON))
    for number, row in enumerate(models.Product.objects.order_by("-pk")):
        row.lead_price_fen = number * 100_000
        row.save(update_fields=["lead_price_fen"])

    assert shown(compare(WISH, at=NOON)) == before


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(amount=1_234), "match.unknown_amount"),
        (Wish(amount=1_000_000, age="0-99"), "match.unknown_band"),
    ],
)
def test_a_wish_outside_the_page_is_refused(wish, code):
    with pytest.raises(Invalid, match=code):
        compare(wish, at=NOON)


def test_a_span_reads_back_as_it_is_written():
    assert [parse_span(str(each)) for each in (Span(months=12), Span(days=30))] == [
        Span(months=12),
        Span(days=30),
    ]
