"""The sheet: nothing ticked, agree and refuse alike, sensitive items one by one."""

from __future__ import annotations

import re

import pytest

from mingdai.gate.models import Alias, Disclosure
from mingdai.loans.models import Application
from mingdai.partners.models import Partner
from tests.vault.people import VALUES
from tests.web.world import agree, confirm_cost, fill_in, form_url, ticks

Status = Application.Status


@pytest.fixture
def draft(borrower):
    return fill_in(borrower)


@pytest.fixture
def sheet(borrower, draft):
    return confirm_cost(borrower, draft)


def answer(client, draft, given):
    found = client.post(f"/applications/{draft.pk}/consent/", given)
    draft.refresh_from_db()
    return found


def test_nothing_is_ticked_beforehand_and_both_buttons_are_alike(sheet):
    assert "checked" not in sheet
    pair = sheet[sheet.index('class="btn-pair"') :]
    assert re.findall(r'value="(refuse|agree)"', pair) == ["refuse", "agree"]


def test_the_sheet_says_who_what_how_long_and_what_is_not_sent(sheet):
    for said in (
        "示例云汀消费金融股份有限公司",
        "投诉电话",
        "受托方",
        "收到 0 项资料",
        "不用于营销",
        "通讯录",
        "199****0001",
        "@alias.mingdai.example",
    ):
        assert said in sheet
    assert [each for each in (VALUES["id_number"], VALUES["email"]) if each in sheet] == []


def test_each_sensitive_item_has_its_own_box(sheet):
    assert re.findall(r'name="sensitive" value="([a-z_]+)"', sheet) == ["id_number", "bank_card"]


@pytest.mark.django_db(transaction=True)
def test_agreeing_queues_one_sealed_disclosure_of_the_ticked_fields(borrower, draft, sheet):
    answer(borrower, draft, ticks(sheet))

    row = Disclosure.objects.get()
    assert (draft.status, row.state) == (Status.CONSENTED, "queued")
    assert "email" not in row.fields


@pytest.mark.django_db(transaction=True)
def test_an_optional_field_goes_only_with_its_own_tick_and_under_an_alias(borrower, draft, sheet):
    shown = re.search(r"([a-z0-9-]+)@alias", sheet)

    answer(borrower, draft, ticks(sheet, extra=["email"]))

    assert "email" in Disclosure.objects.get().fields
    assert shown
    assert Alias.objects.get().local_part == shown[1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seen": ""}, "我已看清"),
        ({"sensitive": ["id_number"]}, "敏感资料没有逐项"),
        ({"wording": "0" * 64}, "内容变了"),
        ({"extra": ["address"]}, "没有登记理由"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_an_answer_that_does_not_fit_sends_nothing_and_says_why(
    borrower, draft, sheet, changes, said
):
    found = answer(borrower, draft, ticks(sheet, **changes))

    assert found.status_code == 422
    assert said in found.content.decode()
    assert (draft.status, Disclosure.objects.count()) == (Status.DRAFT, 0)


@pytest.mark.django_db(transaction=True)
def test_refusing_sends_nothing_and_nobody_asks_again_for_a_while(borrower, draft, sheet):
    answer(borrower, draft, {"answer": "refuse"})

    again = borrower.post(form_url(), VALUES)

    assert (draft.status, Disclosure.objects.count()) == (Status.DECLINED, 0)
    assert (again.status_code, "不久前拒绝" in again.content.decode()) == (403, True)


@pytest.mark.django_db(transaction=True)
def test_a_rule_that_refuses_is_told_and_nothing_is_sent(borrower, draft, sheet):
    Partner.objects.filter(pk=draft.partner_id).update(status=Partner.Status.SUSPENDED)

    found = borrower.post(f"/applications/{draft.pk}/consent/", ticks(sheet), follow=True)

    draft.refresh_from_db()
    assert (draft.status, Disclosure.objects.count()) == (Status.REFUSED, 0)
    assert "暂停合作" in found.content.decode()
    later = borrower.get(f"/applications/{draft.pk}/").content.decode()
    for said in ("规则拒绝发送", "暂停合作", "这次同意已经结束"):
        assert said in later
    assert "撤回同意" not in later


@pytest.mark.django_db(transaction=True)
def test_the_sheet_cannot_come_before_the_cost_table(borrower, draft):
    found = borrower.get(f"/applications/{draft.pk}/consent/")

    assert found["Location"] == f"/applications/{draft.pk}/cost/"


@pytest.mark.django_db(transaction=True)
def test_the_sheet_is_not_shown_again_once_answered(borrower, draft):
    agree(borrower, draft)

    found = borrower.get(f"/applications/{draft.pk}/consent/")

    assert found["Location"] == f"/applications/{draft.pk}/"
