from datetime import date

import pytest

from mingdai.errors import Invalid
from mingdai.loans.models import Application
from mingdai.loans.quoting import Payment, compare, figure_terms, quote_application
from tests.conftest import NOON
from tests.loans.world import PRODUCT


@pytest.fixture
def loan() -> Application:
    application = Application(
        amount_fen=10_000_00, term=12, term_unit="month", repayment="equal_instalment"
    )
    application.quoted = quote_application(application, PRODUCT, at=NOON)
    return application


def payments_of(loan: Application) -> list[Payment]:
    return [
        Payment(
            date.fromisoformat(each["due_on"]),
            each["principal_fen"],
            each["interest_fen"],
            each["fees_fen"],
        )
        for each in loan.quoted["payments"]
    ]


def test_a_quote_holds_the_whole_cash_flow(loan):
    payments = payments_of(loan)

    assert len(payments) == 12
    assert sum(each.principal_fen for each in payments) == 10_000_00
    assert loan.quoted["total_repaid_fen"] == sum(each.total_fen for each in payments)
    assert loan.quoted["simple_bps"] == 880


def test_the_same_terms_compare_to_nothing(loan):
    actual = figure_terms(loan, net_fen=10_000_00, payments=payments_of(loan))

    assert compare(loan.quoted, actual) == {
        "simple_bps": 0,
        "total_repaid_fen": 0,
        "net_received_fen": 0,
        "worse": 0,
    }


def test_one_yuan_more_is_worse(loan):
    first, *rest = payments_of(loan)
    dearer = Payment(first.due_on, first.principal_fen, first.interest_fen, 100)

    drift = compare(loan.quoted, figure_terms(loan, net_fen=10_000_00, payments=[dearer, *rest]))

    assert (drift["total_repaid_fen"], drift["worse"]) == (100, 1)


def test_cheaper_terms_are_no_worse(loan):
    cheaper = [
        Payment(each.due_on, each.principal_fen, each.interest_fen // 2, 0)
        for each in payments_of(loan)
    ]

    assert (
        compare(loan.quoted, figure_terms(loan, net_fen=10_000_00, payments=cheaper))["worse"] == 0
    )


@pytest.mark.parametrize(("net_fen", "count"), [(0, 12), (10_000_00, 0)])
def test_what_is_no_loan_has_no_figures(loan, net_fen, count):
    with pytest.raises(Invalid, match=r"event\.terms"):
        figure_terms(loan, net_fen=net_fen, payments=payments_of(loan)[:count])
