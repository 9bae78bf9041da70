"""A loan is read as written, or refused at its place."""

import pytest

from mingdai.errors import Invalid
from mingdai.market.conventions import Convention
from mingdai.market.flows import Flow, Offset
from mingdai.market.loanfile import MOST_FLOWS, parse_convention, parse_flows, read_loan


def test_a_document_becomes_a_cash_flow():
    cash, convention = read_loan(
        {
            "convention": "day365.25",
            "advances": [{"at": "0", "amount": "100.00"}],
            "payments": [{"at": "31d", "amount": "125.00"}],
            "nominal": "110.00",
        }
    )

    assert convention is Convention.DAY365_25
    assert cash.advances == (Flow(Offset(), 10000),)
    assert cash.payments == (Flow(Offset(days=31), 12500),)
    assert cash.nominal == 11000


def test_a_refusal_names_the_place():
    rows = [{"at": "0", "amount": "1"}, {"at": "0", "amount": "one"}]

    with pytest.raises(Invalid) as refused:
        read_loan({"advances": rows})

    assert refused.value.field == "advances[1].amount"


def test_more_rows_than_any_loan_has_are_refused():
    with pytest.raises(Invalid) as refused:
        read_loan({"advances": [{"at": "0", "amount": "1"}] * (MOST_FLOWS + 1)})

    assert refused.value.code == "cost.too_many"


def test_an_amount_without_a_time_is_now():
    assert parse_flows("1000", field="--receive") == [Flow(Offset(), 100000)]


def test_a_range_counts_in_its_unit():
    flows = parse_flows("10@2w..4w", field="--repay")

    assert [flow.at for flow in flows] == [Offset(weeks=number) for number in (2, 3, 4)]


def test_conventions_are_known_by_name():
    assert parse_convention("regz") is Convention.REGZ
