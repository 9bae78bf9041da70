from __future__ import annotations

import pytest
from django.utils import timezone

from mingdai.accounts.models import Borrower
from mingdai.gate.disclosing import own_view, read_for_staff
from mingdai.gate.recalling import withdraw_grant
from tests.vault.people import VALUES
from tests.web.console.staff_world import (
    applied,
    auditor,
    compliance,
    disclosure_of,
    operator,
    ticket_on,
)

pytestmark = pytest.mark.django_db


def test_no_page_of_disclosures_shows_a_value_or_a_masked_one():
    application = applied()
    client = compliance()
    pages = [
        client.get("/console/disclosures/").content.decode(),
        client.get(f"/console/disclosures/{application.disclosure_id}/").content.decode(),
    ]

    for value in VALUES.values():
        assert all(value not in page for page in pages)
    assert all("****" not in page for page in pages)


def test_the_detail_shows_its_proof_and_offers_the_receipt():
    row = disclosure_of(applied())
    entry = bytes(row.entry.entry_id).hex()
    client = compliance()

    page = client.get(f"/console/disclosures/{row.pk}/").content.decode()
    receipt = client.get(f"/receipts/{entry}/?download=1")

    assert entry in page
    assert "借款人单独同意" in page
    assert receipt.json()["format"] == "mingdai-receipt/1"


def test_a_withdrawal_is_part_of_the_history():
    application = applied()
    withdraw_grant(application.grant, at=timezone.now())

    page = operator().get(f"/console/disclosures/{application.disclosure_id}/").content.decode()

    assert "借款人撤回同意" in page
    assert "已取消" in page


@pytest.mark.parametrize(("make", "sees"), [(operator, True), (compliance, True), (auditor, False)])
def test_the_application_behind_it_is_not_for_auditors(make, sees):
    application = applied()

    page = make().get(f"/console/disclosures/{application.disclosure_id}/").content.decode()

    assert (str(application.pk) in page) is sees


def test_who_read_is_not_for_auditors():
    application = applied()
    client = operator()
    ticket = ticket_on(application, to="ben")
    read_for_staff(ticket, staff_id=ticket.assignee_id, code="mobile", at=timezone.now())
    row = ticket.disclosures.get()

    assert ">员工 ben<" in client.get(f"/console/disclosures/{row.pk}/").content.decode()
    page = auditor().get(f"/console/disclosures/{row.pk}/").content.decode()
    assert "ben" not in page
    assert str(ticket.pk) not in page


def test_the_list_takes_the_same_queries_however_long(django_assert_num_queries):
    applied()
    client = compliance()
    borrower = Borrower.objects.get()
    with django_assert_num_queries(4):
        client.get("/console/disclosures/")

    for number in range(12):
        own_view(borrower.pk, codes=["name"], session_key=str(number), at=timezone.now())

    with django_assert_num_queries(4):
        client.get("/console/disclosures/")


def test_an_empty_list_says_so():
    client = compliance()

    assert "还没有任何读取" in client.get("/console/disclosures/").content.decode()
    assert "没有符合条件" in client.get("/console/disclosures/?state=dead").content.decode()
