from __future__ import annotations

import re

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from mingdai.accounts.enlisting import add_staff
from mingdai.accounts.models import Staff
from mingdai.web.console.enrolling import picture_of

pytestmark = pytest.mark.django_db

OWN = "a-long-password-of-mine"


@pytest.fixture
def one_time() -> str:
    return add_staff("dora", role="operator", at=timezone.now())[1]


def begin(client: Client, password: str) -> str:
    """The secret shown, without its gaps."""
    answer = client.post("/console/enrol/", {"login": "dora", "password": password})
    assert answer.status_code == 200, answer.content.decode()
    found = re.search(r"data-secret>([A-Z2-7 ]+)<", answer.content.decode())
    assert found
    return found[1].replace(" ", "")


def finish(client: Client, secret: str, **changes: str):
    totp = pyotp.TOTP(secret).at(timezone.now())
    typed = {"password": OWN, "again": OWN, "totp": totp, **changes}
    return client.post("/console/enrol/finish/", typed)


def test_an_employee_sets_up_from_the_one_time_password(client, one_time):
    answer = finish(client, begin(client, one_time))

    staff = Staff.objects.get(login="dora")
    assert answer.url == "/console/sign-in/"
    assert staff.check_password(OWN)
    assert staff.totp_sealed is not None


def test_the_secret_is_in_no_session(client, one_time):
    secret = begin(client, one_time)

    assert secret not in str(dict(client.session))
    assert one_time not in str(dict(client.session))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"totp": "000000"}, "动态码不对"),
        ({"again": "another-password"}, "两次输入"),
        ({"password": "12345678", "again": "12345678"}, "密码太弱"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_set(client, one_time, wrong, said):
    answer = finish(client, begin(client, one_time), **wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Staff.objects.get(login="dora").totp_sealed is None


def test_a_wrong_one_time_password_shows_no_secret(client, one_time):
    answer = client.post("/console/enrol/", {"login": "dora", "password": "wrong"})

    assert answer.status_code == 422
    assert "data:image" not in answer.content.decode()


def test_without_the_one_time_password_there_is_nothing_to_finish(client, one_time):
    answer = client.post("/console/enrol/finish/", {"password": OWN, "again": OWN})

    assert answer.url == "/console/enrol/"


def test_pages_with_a_secret_stay_out_of_caches(client, one_time):
    answer = client.post("/console/enrol/", {"login": "dora", "password": one_time})

    assert "no-store" in answer["Cache-Control"]


def test_the_picture_is_an_svg_in_the_page_itself():
    assert picture_of("otpauth://totp/mingdai:dora").startswith("data:image/svg+xml")
