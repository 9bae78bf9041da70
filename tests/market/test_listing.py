from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from mingdai.market import models
from mingdai.market.catalogue import product_of_spec
from mingdai.market.listing import delist, list_products, relist
from mingdai.market.schedules import Fee, FeeBasis, FeeKind, FeeTiming, PayeeKind
from tests.conftest import NOON
from tests.market.shelf import PRODUCTS, add_partners

pytestmark = pytest.mark.django_db


@pytest.fixture
def partners():
    add_partners(PRODUCTS)


def test_a_listed_product_has_a_cost_for_every_compared_amount_and_length(partners):
    product = PRODUCTS[0]

    row = list_products([product], at=NOON)[0]

    quotes = list(row.quotes.all())
    assert row.refusals == []
    assert {each.span for each in quotes} == {str(span) for span in product.spans}
    assert all(each.total_repaid_fen > each.net_received_fen for each in quotes)


def test_what_may_not_be_listed_is_kept_with_its_reasons_and_has_no_quote(partners):
    deducted = Fee(
        FeeKind.MEMBERSHIP,
        PayeeKind.SERVICE_PROVIDER,
        "示例会员服务",
        FeeTiming.DEDUCTED,
        FeeBasis.ON_AMOUNT,
        Fraction(20),
    )

    row = list_products([replace(PRODUCTS[0], fees=(deducted,))], at=NOON)[0]

    assert "listing.net_below_nominal" in {each["code"] for each in row.refusals}
    assert row.quotes.count() == 0


def test_a_second_listing_of_the_same_version_changes_nothing(partners):
    first = list_products([PRODUCTS[0]], at=NOON)[0]
    kept = list(first.quotes.values_list("pk", flat=True))

    again = list_products([PRODUCTS[0]], at=NOON + timedelta(hours=1))[0]

    assert again.listed_at == NOON
    assert list(again.quotes.values_list("pk", flat=True)) == kept


def test_a_product_comes_back_from_its_row_as_it_was(partners):
    row = list_products([PRODUCTS[0]], at=NOON)[0]
    row.refresh_from_db()

    assert product_of_spec(row.spec, lead_price=row.lead_price_fen) == PRODUCTS[0]
    assert "lead_price" not in str(row.spec)


def test_a_licence_that_ends_takes_its_products_off_the_shelf(partners):
    list_products([PRODUCTS[0]], at=NOON)

    gone = relist(at=NOON + timedelta(days=365 * 20))

    assert gone == 1
    codes = {each["code"] for each in models.Product.objects.get().refusals}
    assert "listing.licence_expired" in codes


def test_a_delisted_product_comes_back_when_it_is_listed_again(partners):
    list_products([PRODUCTS[0]], at=NOON)
    delist(PRODUCTS[0].id, at=NOON)

    assert models.Product.objects.get().delisted_at == NOON
    assert list_products([PRODUCTS[0]], at=NOON)[0].delisted_at is None
