"""Logging in: the same answers for every number, nothing personal in session or address."""

from __future__ import annotations

import pytest

from mingdai.accounts.models import Agreement, InboxMessage
from tests.web.world import NUMBER, sign_in

pytestmark = pytest.mark.django_db


def test_a_code_from_the_inbox_logs_in_and_the_agreements_are_kept(client):
    sign_in(client)

    assert client.get("/account/").status_code == 200
    assert Agreement.objects.count() == 2


def test_the_session_holds_an_id_and_a_random_key_and_no_number(client):
    sign_in(client)

    held = dict(client.session.items())
    assert set(held) == {"borrower", "session_key"}
    assert NUMBER not in str(held)


def test_the_same_answer_is_given_for_a_known_and_an_unknown_number(client):
    sign_in(client)
    client.post("/logout/")

    known = client.post("/login/", {"mobile": NUMBER, "code": "000000", "agree": "yes"})
    unknown = client.post("/login/", {"mobile": "19900000002", "code": "000000", "agree": "yes"})

    assert known.status_code == unknown.status_code == 422
    assert len(known.content) == len(unknown.content)


def test_a_second_code_within_a_minute_is_refused_kindly(client):
    client.post("/login/code/", {"mobile": NUMBER})

    answer = client.post("/login/code/", {"mobile": NUMBER})

    assert answer.status_code == 429
    assert "太频繁" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"mobile": "123"}, "11 位手机号码"),
        ({"mobile": NUMBER}, "勾选用户协议"),
        ({"mobile": NUMBER, "agree": "yes", "code": "1"}, "验证码不对"),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field(client, given, said):
    answer = client.post("/login/", given)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "aria-invalid" in html


def test_the_way_back_stays_on_this_site(client):
    client.post("/login/code/", {"mobile": NUMBER})
    code = InboxMessage.objects.get().code
    given = {"mobile": NUMBER, "code": code, "agree": "yes", "next": "https://elsewhere.example/"}

    assert client.post("/login/", given)["Location"] == "/applications/"


def test_logging_out_ends_the_session(client):
    sign_in(client)

    client.post("/logout/")

    assert client.get("/account/").status_code == 302
