import pytest

from mingdai.audit.checks.wording.contacts import (
    contact_demands,
    is_forced,
    is_only_way,
    mentions_contacts,
)


@pytest.mark.parametrize(
    "text",
    [
        "请授权访问您的通讯录。",
        "需要开启手机联系人权限才能继续。",
        "不授权通讯录则无法借款。",
    ],
)
def test_a_sentence_that_leaves_no_choice_is_a_demand(text):
    assert list(contact_demands(text)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "我们不会读取您的通讯录。",
        "您可以拒绝授权通讯录，不影响申请。",
        "请填写一位紧急联系人的姓名和电话。",
        "通讯录是手机的一项功能。",
    ],
)
def test_a_promise_an_offer_and_a_typed_contact_are_none(text):
    assert list(contact_demands(text)) == []


def test_forced_is_what_goes_no_further_without_it():
    assert is_forced("开启通讯录权限才能继续")
    assert not is_forced("欢迎开启通讯录权限")


def test_the_only_way_is_a_threat_and_no_assurance():
    assert is_only_way("不授权通讯录将无法申请")
    assert not is_only_way("不授权通讯录不影响申请，不能视为拒绝")


def test_an_address_book_is_known_by_its_words():
    assert mentions_contacts("读取通讯录")
    assert mentions_contacts("Contacts access is needed")
    assert not mentions_contacts("联系客服")
