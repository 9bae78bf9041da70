from __future__ import annotations

import logging
import re

import pytest
from django.contrib.sessions.models import Session

from mingdai.gate.models import Disclosure
from mingdai.ledger.models import LedgerEntry
from mingdai_proofs.entries import EntryKind
from tests.vault.people import VALUES
from tests.web.console.staff_world import applied, compliance, operator, ticket_on

pytestmark = pytest.mark.django_db


def confirm(client, address: str) -> dict[str, str]:
    found = re.search(r'name="once" value="([0-9a-f]{32})"', client.get(address).content.decode())
    assert found
    return {"once": found[1]}


@pytest.fixture
def reading():
    """An operator, and the address of one field on a ticket assigned to them."""
    client = operator()
    ticket = ticket_on(applied(), to="ben")
    return client, f"/console/tickets/{ticket.pk}/reveal/mobile/"


def reads() -> int:
    return LedgerEntry.objects.filter(kind=EntryKind.STAFF_READ).count()


def test_a_confirmed_read_shows_one_value_after_its_entry(reading):
    client, address = reading

    answer = client.post(address, confirm(client, address))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert VALUES["mobile"] in page
    assert VALUES["name"] not in page
    assert reads() == 1
    assert Disclosure.objects.get(recipient_kind="staff").fields == ["mobile"]


def test_the_confirmation_itself_reads_nothing(reading):
    client, address = reading

    page = client.get(address).content.decode()

    assert VALUES["mobile"] not in page
    assert reads() == 0


def test_a_value_is_in_no_cache_session_address_or_log(reading, caplog):
    client, address = reading
    caplog.set_level(logging.DEBUG)

    answer = client.post(address, confirm(client, address))

    assert "no-store" in answer["Cache-Control"]
    assert answer["Refresh"].startswith("30; url=/console/tickets/")
    assert VALUES["mobile"] not in answer["Refresh"]
    assert all(VALUES["mobile"] not in str(each.get_decoded()) for each in Session.objects.all())
    assert VALUES["mobile"] not in caplog.text


def test_a_confirmation_works_once(reading):
    client, address = reading
    once = confirm(client, address)
    client.post(address, once)

    again = client.post(address, once)

    assert (again.status_code, again.url) == (302, address)
    assert reads() == 1


def test_a_confirmation_of_one_field_opens_no_other(reading):
    client, address = reading
    once = confirm(client, address)

    answer = client.post(address.replace("mobile", "name"), once)

    assert answer.status_code == 302
    assert reads() == 0


def test_without_a_confirmation_nothing_is_read(reading):
    client, address = reading

    assert client.post(address).status_code == 302
    assert reads() == 0


def test_whoever_is_not_assigned_is_refused_and_the_refusal_recorded(reading):
    _, address = reading
    other = compliance()

    answer = other.post(address, confirm(other, address))

    assert answer.status_code == 403
    assert "ticket.other_assignee" in answer.content.decode()
    assert VALUES["mobile"] not in answer.content.decode()
    assert LedgerEntry.objects.filter(kind=EntryKind.REFUSED).count() == 1
    assert reads() == 0


def test_a_closed_ticket_reads_nothing(reading):
    client, address = reading
    once = confirm(client, address)
    client.post(address.split("reveal")[0] + "close/")

    answer = client.post(address, once)

    assert answer.status_code == 403
    assert "ticket.closed" in answer.content.decode()


def test_a_field_the_ticket_does_not_list_is_not_asked_for(reading):
    client, address = reading

    answer = client.get(address.replace("mobile", "bank_card"))

    assert answer.status_code == 302


def test_a_field_that_is_not_kept_is_said():
    client = operator()
    ticket = ticket_on(applied(), fields=("housing_fund",), to="ben")
    address = f"/console/tickets/{ticket.pk}/reveal/housing_fund/"

    answer = client.post(address, confirm(client, address))

    assert answer.status_code == 403
    assert "vault.missing_field" in answer.content.decode()
