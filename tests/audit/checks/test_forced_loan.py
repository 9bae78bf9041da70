from mingdai.audit.checks.forced_loan import check
from mingdai.audit.visits import Press
from tests.audit.checks.matter_of import matter, page

FORM = page("请输入手机号")
PAID = "恭喜，放款成功！"


def ended(text, pressed="下一步", form=FORM, **more):
    press = Press(1, 30.0, pressed, "submit", outcome="moved")
    return list(check(matter(pages=(form, page(text, number=2)), presses=(press,), **more)))


def test_a_loan_paid_out_that_nobody_confirmed_is_a_violation():
    (remark,) = ended(PAID)

    assert remark.as_json()["dark_pattern"] == "forced_loan_offer"
    assert remark.is_violation
    assert PAID in remark.said.zh
    assert remark.evidence[0].ref == "pages/002.txt"


def test_a_loan_the_borrower_confirmed_is_none():
    assert ended(PAID, pressed="确认借款") == []


def test_a_loan_taken_on_a_page_that_showed_its_terms_is_none():
    assert ended(PAID, pressed="我要借款", form=page("每期应还950元"), typed=()) == []


def test_a_payout_told_to_somebody_who_gave_nothing_is_none():
    assert ended(PAID, typed=()) == []


def test_a_payout_by_silence_is_a_violation_even_after_a_confirmation():
    (remark,) = ended("逾期未取消视为同意借款。", pressed="确认借款")

    assert "视为同意借款" in remark.said.zh


def test_advertising_is_none():
    assert ended("最快5分钟放款，累计已放款100亿元。") == []
