from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from mingdai.accounts.models import Staff, Ticket
from mingdai.accounts.registering import find_or_register
from mingdai.accounts.ticketing import (
    TicketRequest,
    assign_ticket,
    close_ticket,
    open_ticket,
    tickets_of,
)
from mingdai.errors import Invalid, Refused
from mingdai.words import ActorId, Purpose
from tests.accounts.people import NUMBER, enrolled
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REQUEST = TicketRequest(
    subject_kind="application",
    subject_id=UUID(int=1),
    fields=("name", "mobile"),
    reason="投诉回访",
    opened_by=ActorId("staff:00000000-0000-4000-8000-000000000003"),
)


@pytest.fixture
def ticket():
    return open_ticket(find_or_register(NUMBER, at=NOON), REQUEST, at=NOON)


def test_a_ticket_says_by_whom_why_which_fields_and_until_when(ticket):
    ticket.refresh_from_db()

    assert ticket.opened_by == REQUEST.opened_by
    assert ticket.reason == "投诉回访"
    assert ticket.fields == ["mobile", "name"]
    assert ticket.closes_at == NOON + 7 * DAY
    assert ticket.assignee_id is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject_kind": "gossip"}, "subject_kind"),
        ({"purpose": Purpose.CREDIT_DECISION}, "purpose"),
        ({"purpose": Purpose.OWN_VIEW}, "purpose"),
        ({"reason": "  "}, "reason"),
        ({"reason": "长" * 201}, "reason"),
        ({"opened_by": ""}, "opened_by"),
        ({"lasts": 7 * DAY + timedelta(seconds=1)}, "lasts"),
        ({"lasts": timedelta(0)}, "lasts"),
        ({"fields": ()}, "fields"),
        ({"fields": ("name", "album")}, "fields"),
    ],
)
def test_an_incomplete_or_too_wide_request_opens_nothing(change, field):
    borrower = find_or_register(NUMBER, at=NOON)

    with pytest.raises(Invalid) as caught:
        open_ticket(borrower, replace(REQUEST, **change), at=NOON)

    assert caught.value.code == f"ticket.{field}"
    assert not Ticket.objects.exists()


def test_an_assigned_ticket_is_in_the_employee_s_list_until_it_ends(ticket):
    staff, _ = enrolled()
    assert list(tickets_of(staff, NOON)) == []

    assign_ticket(ticket, staff, at=NOON)

    assert list(tickets_of(staff, NOON)) == [ticket]
    assert list(tickets_of(staff, NOON + 7 * DAY - timedelta(seconds=1))) == [ticket]
    assert list(tickets_of(staff, NOON + 7 * DAY)) == []


def test_a_closed_ticket_is_gone_and_cannot_be_given_out(ticket):
    staff, _ = enrolled()
    assign_ticket(ticket, staff, at=NOON)

    close_ticket(ticket, at=NOON + DAY)
    close_ticket(ticket, at=NOON + 2 * DAY)

    assert ticket.closed_at == NOON + DAY
    assert list(tickets_of(staff, NOON + DAY)) == []
    with pytest.raises(Refused, match=r"ticket\.closed"):
        assign_ticket(ticket, staff, at=NOON + DAY)


def test_an_auditor_or_a_dismissed_employee_gets_no_ticket(ticket):
    auditor, _ = enrolled("wang.auditor", "auditor")
    gone, _ = enrolled()
    Staff.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()

    for each in (auditor, gone):
        with pytest.raises(Refused, match=r"ticket\.no_assignee"):
            assign_ticket(ticket, each, at=NOON)
