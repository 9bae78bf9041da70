from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from mingdai.accounts.models import BulkTicket
from mingdai.cases.models import Answer, Attribution
from mingdai.cases.queueing import claim
from tests.web.console.case_world import approved, asked, looked_at, named, nobody, received
from tests.web.console.staff_world import compliance, operator
from tests.web.world import publish

pytestmark = pytest.mark.django_db
ALL = "/console/attributions/"


def page(client, row: Attribution) -> str:
    return client.get(f"{ALL}{row.pk}/").content.decode()


def waiting() -> Attribution:
    return asked(looked_at(received("手机\n19900000001\n")))


def test_whoever_asked_is_not_offered_to_approve_and_cannot():
    anna = compliance()
    row = waiting()

    answer = anna.post(f"{ALL}{row.pk}/approve/")

    assert "/approve/" not in page(anna, row)
    assert answer.status_code == 403
    assert "提出的人不能自己批准" in answer.content.decode()


def test_another_officer_approves_it():
    compliance()
    row, dora = waiting(), compliance("dora")

    assert "/approve/" in page(dora, row)
    dora.post(f"{ALL}{row.pk}/approve/")

    row.refresh_from_db()
    assert row.state == Attribution.State.QUEUED
    assert 'data-state="queued"' in page(dora, row)


def test_an_operator_neither_sees_nor_approves():
    compliance()
    row, ben = waiting(), operator()

    assert ben.get(f"{ALL}{row.pk}/").status_code == 403
    assert ben.post(f"{ALL}{row.pk}/approve/").status_code == 403


def test_an_approved_one_that_nobody_carries_out_is_noticed():
    anna = compliance()
    row = approved(waiting())
    BulkTicket.objects.update(approved_at=timezone.now() - timedelta(minutes=5))

    assert "mingdai tracer" in page(anna, row)


def test_a_running_one_says_its_step_and_asks_again():
    anna = compliance()
    row = approved(waiting())
    claim(holder="here:1", at=timezone.now())
    Attribution.objects.update(said="matching")

    part = anna.get(f"{ALL}{row.pk}/steps/")

    assert "逐行比对" in part.content.decode()
    assert 'value="5"' in part.content.decode()
    assert 'hx-trigger="every 2s"' in part.content.decode()
    assert "HX-Refresh" not in part


def test_when_it_is_over_the_page_is_shown_anew():
    anna = compliance()
    row = waiting()

    anna.post(f"{ALL}{row.pk}/cancel/")

    part = anna.get(f"{ALL}{row.pk}/steps/")
    assert part["HX-Refresh"] == "true"
    assert "已取消" in part.content.decode()


def test_a_failed_one_says_why():
    anna = compliance()
    row = waiting()
    Attribution.objects.update(state="failed", failure="attribution.lost")

    assert "归因进程中断了两次" in page(anna, row)


def test_a_result_says_whose_copy_it_is_who_else_held_it_and_never_who_leaked():
    anna = compliance()
    row = named()
    publish()

    html = page(anna, row)

    assert 'data-conclusion="named"' in html
    assert "对上的拷贝，是当时给" in html
    assert "也持有其中的人" in html
    assert "平台自己：数据库、邮件入口、员工" in html
    assert "借款人自己的设备" in html
    assert f"/receipts/{bytes(row.bulk_read.entry.entry_id).hex()}/" in html
    assert "专属邮箱 × 3" in html
    assert "员工 ben" in html


def test_a_list_that_fits_nobody_says_so():
    anna = compliance()

    assert "没有证据表明这份名单出自我们这里" in page(anna, nobody())


def test_the_result_is_downloaded_in_the_spelling_its_digest_is_of():
    anna = compliance()
    row = named()

    answer = anna.get(f"{ALL}{row.pk}/result.json")

    assert hashlib.sha256(answer.content).hexdigest() == row.result_digest
    assert json.loads(answer.content)["accuse"] == ["heyan-ml"]
    assert row.found_list.case.number in answer["Content-Disposition"]


def test_without_a_result_there_is_no_file():
    anna = compliance()

    assert anna.get(f"{ALL}{waiting().pk}/result.json").status_code == 404


def test_an_answer_stands_beside_the_result():
    anna = compliance()
    row = named()
    answer = Answer.objects.get()

    html = anna.post(
        f"{ALL}{row.pk}/answers/{answer.pk}/",
        {"answer": "not_ours", "note": "已核对导出记录"},
        follow=True,
    ).content.decode()

    assert "不是我们" in html
    assert "已核对导出记录" in html


def test_an_answer_of_no_kind_is_refused():
    anna = compliance()
    row = named()

    address = f"{ALL}{row.pk}/answers/{Answer.objects.get().pk}/"
    html = anna.post(address, {"answer": "guilty"}, follow=True).content.decode()

    assert "请选择一项答复" in html
    assert Answer.objects.get().code == ""
