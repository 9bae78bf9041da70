from dataclasses import replace

from mingdai.audit.reporting.judging import verdict_sentence
from mingdai.audit.reporting.loading import load_bundle
from mingdai.audit.reporting.wording import Words
from tests.audit.reporting.conftest import REMARK


def test_a_fail_says_who_got_what_early_and_which_practice_was_found(bundle):
    assert verdict_sentence(bundle, Words("zh")) == (
        "1 个第三方主机在用户同意之前拿到了手机号；发现预先勾选同意；"
        "同意之后另有 2 个第三方主机拿到个人信息。"
    )


def test_a_grave_remark_that_is_neither_is_said_itself(empty):
    row = {
        **REMARK,
        "check": "undeclared_recipients",
        "dark_pattern": None,
        "said": {"zh": "未告知。", "en": "x"},
    }
    bundle = load_bundle(empty)
    found = {**bundle.findings, "verdict": "fail", "checks": [row, row]}

    assert verdict_sentence(replace(bundle, findings=found), Words("zh")) == (
        "发现严重问题：没有告知的接收方。"
    )


def test_an_incomplete_capture_says_why_and_never_pass(gaps):
    said = verdict_sentence(load_bundle(gaps), Words("en"))

    assert said.startswith("The capture is incomplete")
    assert "966 bytes left over UDP" in said


def test_a_pass_claims_no_more_than_was_seen(empty):
    assert "没有看到" in verdict_sentence(load_bundle(empty), Words("zh"))
