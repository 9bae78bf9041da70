from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from mingdai.accounts.bulk_ticketing import BulkRequest, approve_bulk, ask_for_bulk, close_bulk
from mingdai.accounts.models import BulkTicket, Staff
from mingdai.errors import Invalid, Refused
from mingdai.words import EVERYBODY
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
REQUEST = BulkRequest(UUID(int=7), ("name", "mobile"), "C2026-0001")
DAY = timedelta(days=1)


def employ(login: str, role: str = "compliance") -> Staff:
    return Staff.objects.create(login=login, role=role, created_at=NOON)


@pytest.fixture
def ticket():
    return ask_for_bulk(employ("anna"), REQUEST, at=NOON)


def test_a_bulk_ticket_is_about_everybody_and_waits_for_somebody_else(ticket):
    assert (ticket.borrower_id, ticket.second_person_id) == (EVERYBODY, None)
    assert ticket.fields == ["mobile", "name"]
    assert ticket.closes_at == NOON + 7 * DAY


def test_the_second_person_approves_it_once(ticket):
    dora, emil = employ("dora"), employ("emil")

    approve_bulk(ticket, dora, at=NOON + DAY)
    approve_bulk(ticket, emil, at=NOON + 2 * DAY)

    assert (ticket.second_person, ticket.approved_at) == (dora, NOON + DAY)


def test_whoever_asked_cannot_approve(ticket):
    with pytest.raises(Refused, match=r"bulk\.same_person"):
        approve_bulk(ticket, ticket.assignee, at=NOON)


def test_not_even_the_table_takes_one_person_twice(ticket):
    with pytest.raises(IntegrityError), transaction.atomic():
        BulkTicket.objects.filter(pk=ticket.pk).update(second_person=ticket.assignee)


@pytest.mark.parametrize("role", ["operator", "auditor"])
def test_only_compliance_asks_and_approves(ticket, role):
    with pytest.raises(Refused, match=r"ticket\.no_assignee"):
        approve_bulk(ticket, employ("ben", role), at=NOON)
    with pytest.raises(Refused, match=r"ticket\.no_assignee"):
        ask_for_bulk(employ("bea", role), REQUEST, at=NOON)


@pytest.mark.parametrize("at", [NOON + 7 * DAY, NOON + 8 * DAY])
def test_after_seven_days_it_is_over(ticket, at):
    with pytest.raises(Refused, match=r"ticket\.closed"):
        approve_bulk(ticket, employ("dora"), at=at)


def test_a_closed_one_is_not_approved(ticket):
    close_bulk(ticket, at=NOON)
    close_bulk(ticket, at=NOON + DAY)

    assert ticket.closed_at == NOON
    with pytest.raises(Refused, match=r"ticket\.closed"):
        approve_bulk(ticket, employ("dora"), at=NOON)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fields": ("contacts",)}, r"ticket\.fields"),
        ({"reason": "  "}, r"ticket\.reason"),
        ({"reason": "x" * 201}, r"ticket\.reason"),
    ],
)
def test_what_is_not_well_formed_is_refused(change, code):
    with pytest.raises(Invalid, match=code):
        ask_for_bulk(employ("anna"), replace(REQUEST, **change), at=NOON)
