from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from mingdai.accounts.models import Staff
from mingdai.web.console.admitting import POWERS, Power, actor_of, safe_next
from tests.web.console.staff_world import auditor, compliance, employ, operator
from tests.web.world import seed_demo, sign_in


def test_every_role_has_its_powers_and_auditors_touch_nobodys_data():
    assert POWERS.keys() == set(Staff.Role)
    assert POWERS["auditor"] == {Power.SEE, Power.AUDIT}
    assert POWERS["operator"] < POWERS["compliance"]


@pytest.mark.django_db
def test_a_borrower_is_a_stranger_here(settings):
    seed_demo()

    answer = sign_in(Client()).get("/console/")

    assert (answer.status_code, answer.url) == (302, "/console/sign-in/?next=%2Fconsole%2F")


@pytest.mark.django_db
def test_a_role_that_changed_holds_from_the_next_request():
    client = compliance()
    Staff.objects.filter(login="anna").update(role="auditor")

    assert client.get("/console/tickets/").status_code == 403


@pytest.mark.django_db
def test_a_page_part_sends_a_stranger_to_sign_in():
    answer = Client().get("/console/ledger/verification/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == "/console/sign-in/"


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "sees"), [(operator, True), (compliance, True), (auditor, False)])
def test_the_menu_offers_what_the_role_may_open(make, sees):
    page = make().get("/console/").content.decode()

    assert ('href="/console/tickets/"' in page) is sees


@pytest.mark.django_db
def test_what_is_not_there_is_the_consoles_own_page():
    answer = operator().get("/console/partners/nobody/")

    assert answer.status_code == 404
    assert "console.not_found" in answer.content.decode()


@pytest.mark.django_db
def test_an_employee_is_named_by_id():
    staff = employ("ben", "operator")

    assert actor_of(staff) == f"staff:{staff.pk}"


def test_a_next_page_outside_the_console_is_not_gone_to():
    request = RequestFactory().get("/console/")

    assert safe_next(request, "/console/tickets/") == "/console/tickets/"
    assert safe_next(request, "https://elsewhere.example/console/") == "/console/"
