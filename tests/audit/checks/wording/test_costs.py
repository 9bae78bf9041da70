from decimal import Decimal

import pytest

from mingdai.audit.checks.wording.costs import LoanFigures, claims_in, figures_in


@pytest.mark.parametrize(
    ("text", "pct", "how"),
    [
        ("年化利率7.2%起", "7.2", "year"),
        ("月利率 0.8%", "9.6", "month"),
        ("日利率0.05%", "18.25", "day"),
        ("日息低至万分之2", "7.3", "day"),
    ],
)
def test_a_claimed_rate_is_put_in_percent_a_year(text, pct, how):
    (claim,) = claims_in(text)

    assert (claim.pct, claim.how) == (Decimal(pct), how)


def test_a_percentage_that_is_no_rate_is_no_claim():
    assert claims_in("通过率高达95%，满意度99%") == []


def test_a_loan_in_instalments_is_read_whole():
    found = figures_in("借款金额10,000元，实际到账9,000元，期限12个月，每期应还950元")

    assert found == LoanFigures(Decimal(10000), Decimal(9000), 12, "m", Decimal(950), None)


def test_a_loan_paid_back_at_once_counts_days():
    found = figures_in("借款金额1万元，期限30天，到期应还10500元")

    assert found == LoanFigures(Decimal(10000), Decimal(10000), 30, "d", None, Decimal(10500))


@pytest.mark.parametrize(
    "text",
    ["借款金额10000元，期限12个月", "借款金额10000元，每期应还950元", "期限12个月，每期应还950元"],
)
def test_without_principal_term_or_payment_there_is_no_loan(text):
    assert figures_in(text) is None
