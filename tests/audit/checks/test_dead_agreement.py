import pytest

from mingdai.audit.checks.dead_agreement import check, why_dead
from mingdai.audit.visits import Asked, Link
from tests.audit.checks.matter_of import agreement, matter, page

WHOLE = "本政策说明我们如何处理您的手机号，以及您如何撤回同意。"
FORM = "额度最高二十万元，请输入手机号，点击下一步即可查看您的额度，审核最快一分钟。"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("《隐私政策》", "nothing but a title"),
        ("加载失败，请稍后再试", "an error instead of a text"),
    ],
)
def test_a_page_without_an_agreement_is_dead(text, why):
    assert why_dead(matter(), agreement(text)) == why


def test_a_dead_link_is_a_violation_told_once_a_page():
    dead = agreement("", dead="nothing happens")

    (remark,) = check(matter(agreements=(agreement(WHOLE), dead, dead)))

    assert remark.is_violation
    assert remark.said.zh == "协议链接“《隐私政策》”打不开：点击没有反应。"
    assert remark.evidence[0].ref == "agreements/002.txt"


def test_a_link_back_to_the_form_is_dead_and_to_a_page_that_asks_nothing_is_not():
    asked = (Asked(1, 2.0, "mobile", "手机号", "label", required=True, kind="text"),)
    back = agreement(FORM)

    assert why_dead(matter(pages=(page(FORM),), asked=asked), back) == "leads back to the flow"
    assert why_dead(matter(pages=(page(FORM),)), back) == ""


def test_an_address_that_can_never_answer_is_dead():
    link = Link("《隐私政策》", "http://one.invalid/policy")

    assert why_dead(matter(), agreement(WHOLE, link=link)) == "does not answer"


@pytest.mark.parametrize(
    "more",
    [
        {"text": WHOLE},
        {"text": "", "link": Link("《隐私政策》", "", plain=True)},
        {"text": "", "how": "download", "file": "downloads/001.pdf"},
        {"text": "", "dead": "not a link"},
    ],
)
def test_a_text_a_file_and_mere_words_are_not_dead(more):
    assert why_dead(matter(), agreement(**more)) == ""
