"""The demonstration's lenders are made up, licensed on paper, and worth comparing."""

from collections import Counter
from datetime import date
from pathlib import Path

from mingdai.market.admitting import refusals
from mingdai.market.catalogue import read_catalogue
from mingdai.market.quoting import quote_all
from mingdai.words import LicenceKind

AT = date(2026, 11, 24)
PRODUCTS = read_catalogue(Path(__file__).parents[2] / "src/mingdai_demo/catalogue")
LENDERS = {product.lender.id: product.lender for product in PRODUCTS}


def test_two_banks_two_consumer_finance_companies_two_small_loan_companies():
    assert Counter(lender.licence for lender in LENDERS.values()) == {
        LicenceKind.BANK: 2,
        LicenceKind.CONSUMER_FINANCE: 2,
        LicenceKind.SMALL_LOAN: 2,
    }


def test_every_name_and_licence_says_it_is_an_example():
    assert all("示例" in lender.legal_name for lender in LENDERS.values())
    assert all("示例" in lender.licence_number for lender in LENDERS.values())
    assert all("示例" in fee.payee for product in PRODUCTS for fee in product.fees)


def test_there_are_twelve_products_and_all_may_be_listed():
    assert len(PRODUCTS) >= 12
    assert [product.id for product in PRODUCTS if refusals(product, AT)] == []


def test_rates_spread_from_low_to_the_ceiling():
    rates = [q.simple_bps for product in PRODUCTS for q in quote_all(product, start=AT)]

    assert min(rates) <= 360
    assert 2300 < max(rates) <= 2400
