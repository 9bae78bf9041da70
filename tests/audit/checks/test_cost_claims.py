from decimal import Decimal

import pytest

from mingdai.audit.checks.cost_claims import check, cost_of
from mingdai.audit.checks.wording.costs import LoanFigures
from tests.audit.checks.matter_of import matter, page, told


def said_of(text):
    return told(check(matter(pages=(page(text),))))


def test_a_loan_that_arrives_short_is_told_with_what_was_deducted():
    said = said_of("借款金额10000元，实际到账9000元，期限12个月，每期应还850元")

    assert said[0] == "借 10000 元只到账 9000 元：预扣 1000 元（砍头息）。"


def test_a_claim_below_the_pages_own_figures_is_high():
    text = "年化利率7.2%，借款金额10000元，期限12个月，每期应还950元"

    (remark,) = check(matter(pages=(page(text),)))

    assert remark.severity == "high"
    assert remark.said.zh.startswith("宣称年化 7.2%，按页面数字实为 ")
    assert not remark.is_violation


def test_a_cost_above_24_percent_is_told_where_nothing_is_claimed():
    (said,) = said_of("借款金额1000元，期限30天，到期应还1050元")

    assert "超过 24%" in said


def test_a_daily_rate_alone_is_put_in_percent_a_year():
    assert said_of("日利率0.05%") == ["只写“日利率0.05%”，没有年化利率（合 18.25%）。"]


@pytest.mark.parametrize(
    "text",
    [
        "年化利率18.25%（日利率0.05%）",
        "年化利率12%，借款金额12000元，期限12个月，每期应还1066.19元",
        "通过率高达95%",
    ],
)
def test_an_honest_page_gets_no_remark(text):
    assert said_of(text) == []


def test_one_percent_for_one_month_is_twelve_a_year():
    figures = LoanFigures(Decimal(10000), Decimal(10000), 1, "m", None, Decimal(10100))

    assert cost_of(figures).simple_pct == pytest.approx(12, abs=0.01)


def test_a_term_of_nothing_has_no_rate():
    figures = LoanFigures(Decimal(10000), Decimal(10000), 0, "m", Decimal(950), None)

    assert cost_of(figures).simple_pct is None


def test_a_loan_of_nothing_gets_no_remark():
    assert said_of("借款金额0元，期限12个月，每期应还0元") == []
