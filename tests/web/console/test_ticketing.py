from __future__ import annotations

import uuid

import pytest

from mingdai.accounts.models import Ticket
from tests.web.console.staff_world import (
    applied,
    auditor,
    compliance,
    operator,
    staff_actor,
    ticket_on,
)

pytestmark = pytest.mark.django_db

OPEN = "/console/tickets/open/"


def form(about, **changes: object) -> dict[str, object]:
    typed = {"application": str(about.pk), "reason": "投诉：费用不符", "fields": ["mobile"]}
    return {**typed, **changes}


def test_a_ticket_names_its_application_fields_reason_and_opener():
    application = applied()
    client = operator()

    answer = client.post(OPEN, form(application))

    ticket = Ticket.objects.get()
    assert answer.url == f"/console/tickets/{ticket.pk}/"
    assert (ticket.subject_id, ticket.borrower) == (application.pk, application.borrower)
    assert (ticket.fields, ticket.opened_by) == (["mobile"], staff_actor("ben"))
    assert ticket.assignee is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"application": "nonsense"}, "没有这份申请"),
        ({"application": str(uuid.uuid4())}, "没有这份申请"),
        ({"fields": []}, "至少选一项"),
        ({"fields": ["contacts"]}, "至少选一项"),
        ({"reason": " "}, "请写明理由"),
        ({"reason": "电话 19900000001 来投诉"}, "不能写电话"),
        ({"reason": "邮箱 a＠b"}, "不能写电话"),
    ],
)
def test_an_incomplete_or_telling_request_opens_nothing(changes, said):
    application = applied()

    answer = operator().post(OPEN, form(application, **changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Ticket.objects.count() == 0


def test_compliance_assigns_to_an_employee():
    operator()
    ticket = ticket_on(applied())

    compliance().post(f"/console/tickets/{ticket.pk}/assign/", {"login": "ben"})

    ticket.refresh_from_db()
    assert ticket.assignee is not None
    assert ticket.assignee.login == "ben"


def test_nobody_assigns_a_ticket_they_opened_to_themselves():
    client = compliance()
    ticket = ticket_on(applied(), opened_by=staff_actor("anna"))

    answer = client.post(f"/console/tickets/{ticket.pk}/assign/", {"login": "anna"})

    ticket.refresh_from_db()
    assert answer.status_code == 403
    assert "ticket.two_people" in answer.content.decode()
    assert ticket.assignee is None


@pytest.mark.parametrize(("login", "status"), [("carl", 403), ("nobody", 404)])
def test_a_ticket_is_not_assigned_to_an_auditor_or_to_nobody(login, status):
    auditor()
    ticket = ticket_on(applied())

    answer = compliance().post(f"/console/tickets/{ticket.pk}/assign/", {"login": login})

    ticket.refresh_from_db()
    assert answer.status_code == status
    assert ticket.assignee is None


def test_a_closed_ticket_is_assigned_to_nobody():
    client = operator()
    ticket = ticket_on(applied(), to="ben")
    client.post(f"/console/tickets/{ticket.pk}/close/")

    answer = compliance().post(f"/console/tickets/{ticket.pk}/assign/", {"login": "anna"})

    ticket.refresh_from_db()
    assert ticket.closed_at is not None
    assert answer.status_code == 403


def test_an_operator_cannot_close_a_ticket_that_is_not_theirs():
    ticket = ticket_on(applied())

    assert operator().post(f"/console/tickets/{ticket.pk}/close/").status_code == 404
    ticket.refresh_from_db()
    assert ticket.closed_at is None


def test_the_form_takes_the_application_from_its_disclosure():
    application = applied()

    page = operator().get(f"{OPEN}?application={application.pk}").content.decode()

    assert f'value="{application.pk}"' in page
