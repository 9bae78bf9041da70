import pytest

from mingdai.audit.checks.wording.clauses import (
    catch_all_clauses,
    is_negated,
    is_open_ended,
    onward_clauses,
    risk_clauses,
    sentences,
)


def test_sentences_end_at_stops_and_lines_and_know_where_they_begin():
    text = "第一句。 第二句；\n第三句"

    rows = sentences(text)

    assert [each.text for each in rows] == ["第一句。", "第二句；", "第三句"]
    assert all(text[each.start :].startswith(each.text) for each in rows)


@pytest.mark.parametrize(
    "text",
    [
        "我们可能将您的个人信息提供给合作机构。",
        "您授权平台向第三方共享您的手机号。",
        "本人同意相关金融机构查询本人信息。",
        "我们将您的信息提供给云杉科技有限公司及其合作机构。",
        "我们将您的信息提供给持牌消费金融公司。",
    ],
)
def test_a_kind_of_company_instead_of_a_name_is_a_blanket_clause(text):
    assert [each.text for each in catch_all_clauses(text)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "我们不会将您的个人信息提供给任何第三方。",
        "未经您同意，我们不向合作机构提供您的信息。",
        "向第三方共享个人信息前，我们将另行征得您的同意。",
        "我们将您的手机号提供给示例银行。",
        "我们将您的手机号提供给云杉消费金融公司。",
        "我们可能依法向监管机构及有关机构披露您的信息。",
        "我们与合作机构共同举办活动。",
    ],
)
def test_a_promise_a_name_or_the_law_is_none(text):
    assert list(catch_all_clauses(text)) == []


def test_a_list_of_examples_is_open_ended():
    assert is_open_ended("包括但不限于甲银行")
    assert not is_open_ended("仅包括甲银行")


def test_a_promise_to_ask_again_is_a_negation():
    assert is_negated("我们将另行征得您的同意")
    assert not is_negated("我们将提供您的信息")


def test_a_recipient_that_may_pass_data_on_is_onward():
    said = "合作机构可以将您的信息继续提供给其关联公司。"

    assert [each.text for each in onward_clauses(said)] == [said]
    assert list(onward_clauses("合作机构不得将您的信息再次提供给他人。")) == []


def test_risk_put_on_the_borrower_is_told_from_a_duty_kept():
    said = "因合作机构泄露信息造成的损失由您自行承担。"

    assert [each.text for each in risk_clauses(said)] == [said]
    assert list(risk_clauses("因信息泄露造成的损失由我们依法承担。")) == []
