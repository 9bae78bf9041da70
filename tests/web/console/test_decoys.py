from __future__ import annotations

import pytest

from mingdai.accounts.models import Staff, Ticket
from mingdai.gate.decoying import list_decoys
from mingdai.partners.models import Partner
from mingdai.words import ActorId
from tests.web.console.staff_world import auditor, compliance, operator
from tests.web.world import seed_demo

pytestmark = pytest.mark.django_db
PAGE = "/console/decoys/"
IN_QUEUE = {"with": "staff", "product": "yunting-qingxiang", "reason": "核对联系方式"}


@pytest.fixture(autouse=True)
def demo():
    seed_demo()


def placed():
    return list(list_decoys(asked_by=ActorId("system")))


@pytest.mark.parametrize("who", [operator, auditor])
def test_nobody_but_compliance_sees_that_there_are_any(who):
    client = who()

    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}place/", IN_QUEUE).status_code == 403
    assert PAGE not in client.get("/console/").content.decode()


def test_a_decoy_in_an_employees_queue_is_listed_and_looks_like_any_ticket_there():
    worker = operator()
    officer = compliance()
    login = Staff.objects.exclude(role="compliance").get().login

    answer = officer.post(f"{PAGE}place/", {**IN_QUEUE, "login": login}, follow=True)

    assert login in answer.content.decode()
    [one] = placed()
    ticket = Ticket.objects.get()
    page = worker.get(f"/console/tickets/{ticket.pk}/").content.decode()
    assert one.recipient == f"staff:{ticket.assignee_id}"
    assert "核对联系方式" in page
    assert "诱饵" not in page


def test_without_a_clause_no_partner_is_offered_and_none_taken():
    client = compliance()

    assert "没有机构的合同允许" in client.get(PAGE).content.decode()
    answer = client.post(f"{PAGE}place/", {"with": "partner", "product": "songhe-zhouzhuan"})

    assert answer.status_code == 422
    assert "没有允许诱饵的书面条款" in answer.content.decode()
    assert placed() == []


def test_a_product_that_asks_for_id_and_card_takes_no_decoy_even_with_a_clause():
    client = compliance()
    clause = {"act": "allow", "clause": "第9条", "agreed_on": "2020-01-01"}
    client.post("/console/partners/songhe/clause/", clause)

    answer = client.post(f"{PAGE}place/", {"with": "partner", "product": "songhe-zhouzhuan"})

    assert Partner.objects.get(pk="songhe").decoys_clause == "第9条"
    assert answer.status_code == 422
    assert "征信查询或放款" in answer.content.decode()


def test_a_clause_without_a_day_is_not_kept_and_one_can_be_ended():
    client = compliance()

    answer = client.post("/console/partners/songhe/clause/", {"act": "allow", "clause": "第9条"})
    assert answer.status_code == 403
    assert Partner.objects.get(pk="songhe").decoys_agreed_on is None

    given = {"act": "allow", "clause": "第9条", "agreed_on": "2020-01-01"}
    client.post("/console/partners/songhe/clause/", given)
    client.post("/console/partners/songhe/clause/", {"act": "end"})
    assert Partner.objects.get(pk="songhe").decoys_agreed_on is None
