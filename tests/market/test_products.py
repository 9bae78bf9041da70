"""A product knows its ways to borrow."""

from datetime import date

from mingdai.market.schedules import Repayment, Span


def test_days_are_repaid_once_and_months_in_every_way(make_product):
    product = make_product(terms=["30d", "3m"], repayments=["equal_instalment", "lump_sum"])

    assert product.ways() == [
        (Span(days=30), Repayment.LUMP_SUM),
        (Span(months=3), Repayment.EQUAL_INSTALMENT),
        (Span(months=3), Repayment.LUMP_SUM),
    ]


def test_a_schedule_takes_the_products_rate_and_fees(make_product, fee):
    product = make_product(fee=[fee(value="1.00")])

    plan = product.schedule(
        1_000_000, Span(months=12), Repayment.EQUAL_INSTALMENT, start=date(2026, 1, 10)
    )

    assert plan.upfront == (10_000,)
    assert plan.instalments[0].interest == 10_000
