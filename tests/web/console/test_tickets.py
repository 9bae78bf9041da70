from __future__ import annotations

import pytest
from django.utils import timezone

from mingdai.accounts.ticketing import close_ticket
from tests.vault.people import VALUES
from tests.web.console.staff_world import applied, compliance, operator, staff_actor, ticket_on

pytestmark = pytest.mark.django_db


def test_masked_previews_are_for_the_assignee_only():
    client, other = operator(), compliance()
    ticket = ticket_on(applied(), to="ben")
    address = f"/console/tickets/{ticket.pk}/"

    mine, theirs = client.get(address).content.decode(), other.get(address).content.decode()

    assert "199****0001" in mine
    assert "199****" not in theirs
    assert VALUES["mobile"] not in mine
    assert "/reveal/" in mine
    assert "/reveal/" not in theirs


def test_an_operator_sees_only_what_is_theirs():
    client, other = operator(), operator("bert")
    ticket = ticket_on(applied(), to="ben")

    assert client.get(f"/console/tickets/{ticket.pk}/").status_code == 200
    assert other.get(f"/console/tickets/{ticket.pk}/").status_code == 404
    assert str(ticket.pk) not in other.get("/console/tickets/").content.decode()
    assert str(ticket.pk) in compliance().get("/console/tickets/").content.decode()


def test_who_opened_a_ticket_sees_it():
    client = operator()
    ticket = ticket_on(applied(), opened_by=staff_actor("ben"))

    page = client.get(f"/console/tickets/{ticket.pk}/").content.decode()

    assert "ben 开于" in page
    assert "待分配" in page


def test_a_closed_ticket_moves_to_the_ended_ones_and_shows_nothing():
    client = operator()
    ticket = ticket_on(applied(), to="ben")
    close_ticket(ticket, at=timezone.now())

    assert str(ticket.pk) not in client.get("/console/tickets/").content.decode()
    assert str(ticket.pk) in client.get("/console/tickets/?show=closed").content.decode()
    assert "199****" not in client.get(f"/console/tickets/{ticket.pk}/").content.decode()


def test_no_ticket_is_said():
    assert "没有开着的工单" in operator().get("/console/tickets/").content.decode()


def test_the_list_takes_the_same_queries_however_long(django_assert_num_queries):
    client = compliance()
    operator()
    application = applied()
    ticket_on(application, to="ben")
    with django_assert_num_queries(3):
        client.get("/console/tickets/")

    for _ in range(5):
        ticket_on(application, to="ben")

    with django_assert_num_queries(3):
        client.get("/console/tickets/")
