"""Quotes are what the schedule costs, for each amount and length compared."""

from datetime import date

from mingdai.market.quoting import COMPARED_FEN, quote_all, quote_loan
from mingdai.market.schedules import Repayment, Span

START = date(2026, 11, 24)


def test_a_quote_adds_up(make_product, fee):
    product = make_product(fee=[fee(value="1.00"), fee(timing="per_period", value="0.10")])

    quote = quote_loan(product, 1_000_000, Span(months=12), Repayment.EQUAL_INSTALMENT, start=START)

    assert quote.fees == 10_000 + 12 * 1_000
    assert quote.total_cost == quote.interest + quote.fees
    assert quote.net_received == 990_000
    assert quote.simple_bps is not None
    assert quote.simple_bps > 1_200


def test_there_is_one_quote_for_each_amount_in_range_and_each_length(make_product):
    product = make_product(repayments=["equal_instalment", "equal_principal"])

    quotes = quote_all(product, start=START)

    amounts = [amount for amount in COMPARED_FEN if 100_000 <= amount <= 5_000_000]
    assert [(q.amount, str(q.span)) for q in quotes] == [
        (amount, term) for amount in amounts for term in ("6m", "12m")
    ]
    assert {quote.repayment for quote in quotes} == {Repayment.EQUAL_PRINCIPAL}


def test_thirty_days_are_days_in_any_month(make_product):
    product = make_product(terms=["30d"], repayments=["lump_sum"], annual_pct="18.25")

    for start in (date(2026, 2, 1), START):
        quote = quote_loan(product, 1_000_000, Span(days=30), Repayment.LUMP_SUM, start=start)
        assert quote.simple_bps == 1825


def test_a_rate_too_large_to_store_is_none(make_product):
    product = make_product(terms=["1d"], repayments=["lump_sum"], annual_pct="99999")

    quote = quote_loan(product, 100_000, Span(days=1), Repayment.LUMP_SUM, start=START)

    assert quote.compound_bps is None
    assert quote.simple_bps is not None
