from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mingdai.accounts.enlisting import add_staff
from tests.web.console.staff_world import PASSWORD, code, compliance, employ

pytestmark = pytest.mark.django_db


def sign_in(client: Client, **changes: str):
    typed = {"login": "anna", "password": PASSWORD, "totp": code(), **changes}
    return client.post("/console/sign-in/", typed)


def test_password_and_code_open_the_console(client):
    employ("anna", "compliance")

    answer = sign_in(client)

    assert (answer.status_code, answer.url) == (302, "/console/")
    assert "anna" in client.get("/console/").content.decode()


def test_the_session_holds_no_log_in_and_no_role(client):
    employ("anna", "compliance")
    sign_in(client)

    assert "anna" not in str(dict(client.session))
    assert "compliance" not in str(dict(client.session))


@pytest.mark.parametrize(
    "wrong", [{"login": "nobody"}, {"password": "wrong"}, {"totp": "000000"}, {"totp": ""}]
)
def test_every_failure_is_answered_alike(client, wrong):
    employ("anna", "compliance")

    answer = sign_in(client, **wrong)

    assert answer.status_code == 422
    assert "登录名、密码或动态码不对" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()


def test_a_code_works_once(client):
    employ("anna", "compliance")
    used = code()
    sign_in(client, totp=used)

    assert sign_in(Client(), totp=used).status_code == 422


def test_too_many_failures_lock_the_log_in(client):
    employ("anna", "compliance")
    for _ in range(5):
        sign_in(client, totp="000000")

    answer = sign_in(client)

    assert answer.status_code == 429
    assert "15 分钟" in answer.content.decode()


def test_a_one_time_password_leads_to_setting_up(client):
    _, password = add_staff("dora", role="operator", at=timezone.now())

    answer = sign_in(client, login="dora", password=password, totp="")

    assert "data:image/svg+xml" in answer.content.decode()
    assert client.get("/console/").status_code == 302


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/console/ledger/", "/console/ledger/"),
        ("https://elsewhere.example/console/", "/console/"),
        ("//elsewhere.example/", "/console/"),
        ("/account/", "/console/"),
    ],
)
def test_signing_in_goes_on_within_the_console_only(client, asked, given):
    employ("anna", "compliance")

    assert sign_in(client, next=asked).url == given


def test_signing_out_ends_the_session():
    client = compliance()

    assert client.post("/console/sign-out/").url == "/console/sign-in/"
    assert client.get("/console/").status_code == 302


def test_a_dismissed_employee_is_out_at_once():
    client = compliance()
    staff = employ("later", "operator")
    type(staff).objects.filter(login="anna").update(is_active=False)

    assert client.get("/console/").status_code == 302


def test_a_code_of_an_hour_ago_is_refused(client):
    employ("anna", "compliance")

    assert sign_in(client, totp=code(timezone.now() - timedelta(hours=1))).status_code == 422
