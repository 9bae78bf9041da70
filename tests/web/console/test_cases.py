from __future__ import annotations

import pytest
from django.utils import timezone

from mingdai.cases.models import Case, FoundList
from mingdai.cases.opening import close_case
from mingdai.words import ActorId
from tests.web.console.case_world import approved, asked, case, looked_at, received
from tests.web.console.staff_world import auditor, compliance, operator

pytestmark = pytest.mark.django_db
LIST = "/console/cases/"


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_case_is_opened_with_the_next_number():
    client = compliance()

    answer = client.post(f"{LIST}new/", {"reason": "网上有人出售一份名单"}, follow=True)

    found = Case.objects.get()
    assert answer.redirect_chain == [(f"{LIST}{found.pk}/", 302)]
    assert found.number in answer.content.decode()
    assert found.opened_by.startswith("staff:")


def test_a_reason_with_a_number_is_refused_and_shown_again():
    answer = compliance().post(f"{LIST}new/", {"reason": "电话 19900000001"})

    assert answer.status_code == 422
    assert "理由里不能写电话" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("make", [operator, auditor])
def test_cases_are_for_compliance_alone(make):
    found = case()
    client = make()

    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{found.pk}/").status_code == 403
    assert client.post(f"{LIST}new/", {"reason": "x"}).status_code == 403
    assert 'href="/console/cases/"' not in page(client, "/console/")


def test_the_list_shows_what_came_of_each_in_few_queries(django_assert_max_num_queries):
    client = compliance()
    approved(asked(looked_at(received("手机\n19900000001\n"))))
    case()

    with django_assert_max_num_queries(9):
        html = page(client, LIST)

    assert "排队" in html
    assert html.count("data-case=") == 2


def test_a_list_shows_shapes_and_no_cell():
    client = compliance()
    row = looked_at(received("手机,姓名\n19900000001,示某某\n"))

    html = page(client, f"{LIST}{row.case_id}/")

    assert "00000000000" in html
    assert "字字字" in html
    assert "19900000001" not in html
    assert "示某某" not in html
    assert row.digest in html


def test_a_list_that_waits_is_asked_about_again():
    client = compliance()
    row = received("手机\n19900000001\n")

    assert 'hx-trigger="every 2s"' in page(client, f"{LIST}{row.case_id}/")


def test_closing_deletes_the_lists_and_offers_nothing_more():
    client = compliance()
    row = looked_at(received("手机\n19900000001\n"))

    html = client.post(f"{LIST}{row.case_id}/close/", follow=True).content.decode()

    row.refresh_from_db()
    assert row.state == FoundList.State.DELETED
    assert "名单已删除" in html
    assert "/ask/" not in html
    assert f"{LIST}{row.case_id}/lists/" not in html


def test_a_case_that_is_not_there_is_not_found():
    assert compliance().get(f"{LIST}00000000-0000-0000-0000-000000000000/").status_code == 404


def test_a_closed_case_is_told_apart():
    client = compliance()
    close_case(case(), actor=ActorId("system"), at=timezone.now())

    assert "已结案" in page(client, LIST)
