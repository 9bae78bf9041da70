import pytest

from mingdai.audit.checks.wording.payouts import done_payouts, forced_payouts


@pytest.mark.parametrize("text", ["已为您成功放款5000元。", "您的借款已到账。", "恭喜，放款成功！"])
def test_a_loan_paid_to_the_reader_is_done(text):
    assert list(done_payouts(text)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "最快5分钟放款。",
        "审核通过后方可放款。",
        "尾号1234用户已成功借款8000元。",
        "累计已放款100亿元。",
        "借款尚未到账。",
    ],
)
def test_advertising_conditions_and_other_peoples_loans_are_not(text):
    assert list(done_payouts(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "系统将自动为您放款。",
        "无需您再次确认即可放款。",
        "逾期未取消视为同意借款。",
        "拒绝领取将影响您的征信。",
        "倒计时结束自动借款。",
        "提交资料即视为同意借款，审核通过后自动放款，不可取消。",
        "提交申请视为确认借款。",
    ],
)
def test_a_payout_by_itself_by_silence_or_by_threat_is_forced(text):
    assert list(forced_payouts(text)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "平台不会自动放款。",
        "经您确认借款后自动放款。",
        "取消申请不会影响您的征信。",
        "每月自动还款。",
        "自动放款功能已取消。",
        "提交申请即视为同意借款服务协议。",
    ],
)
def test_a_promise_a_confirmation_and_a_repayment_are_not(text):
    assert list(forced_payouts(text)) == []
