from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import get_hasher
from django.test.utils import CaptureQueriesContext

from mingdai.accounts import authenticating
from mingdai.accounts.authenticating import (
    Credentials,
    check_one_time_password,
    check_password_and_code,
    use_step,
)
from mingdai.accounts.enlisting import add_staff
from mingdai.accounts.models import Attempt, Staff
from tests.accounts.people import PASSWORD, enrolled, totp_at, unseal
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
STEP = timedelta(seconds=30)
LATER = NOON + 4 * STEP
WRONG = {"password": "wrong"}


@pytest.fixture
def member():
    return enrolled()


def given(secret, at=LATER, **changes):
    return replace(Credentials("li.operator", PASSWORD, totp_at(secret, at)), **changes)


def answer(credentials, at=LATER):
    found = check_password_and_code(credentials, unseal=unseal, at=at)
    return "in" if isinstance(found, Staff) else found.code


@pytest.mark.parametrize(
    ("claim", "change", "expected"),
    [
        ("all right", {}, "in"),
        ("wrong password", {"password": "wrong"}, "login.refused"),
        ("no password", {"password": ""}, "login.refused"),
        ("unknown log-in", {"login": "nobody"}, "login.refused"),
        ("no code", {"totp": ""}, "login.refused"),
        ("not a code", {"totp": "abcdef"}, "login.refused"),
        ("not ASCII", {"totp": "１２３４５６"}, "login.refused"),
    ],
)
def test_password_and_code_answer_as_the_table_says(member, claim, change, expected):
    assert answer(given(member[1], **change)) == expected, claim


@pytest.mark.parametrize(
    ("steps", "expected"), [(-2, "login.refused"), (-1, "in"), (1, "in"), (2, "login.refused")]
)
def test_one_step_of_drift_is_allowed(member, steps, expected):
    assert answer(given(member[1], at=LATER + steps * STEP)) == expected


def test_a_code_is_refused_the_second_time_and_so_is_an_older_one(member):
    assert answer(given(member[1])) == "in"

    assert answer(given(member[1])) == "login.refused"
    assert answer(given(member[1], at=LATER - STEP)) == "login.refused"
    assert answer(given(member[1], at=LATER + STEP)) == "in"


def test_the_step_used_at_enrolment_is_used(member):
    assert answer(given(member[1], at=NOON), at=NOON) == "login.refused"


def test_a_step_is_used_up_by_one_of_two_at_once(member):
    staff, secret = member
    stale = Staff.objects.get(pk=staff.pk)
    code = totp_at(secret, LATER)

    assert use_step(staff, code, secret=secret.encode(), at=LATER)
    assert not use_step(stale, code, secret=secret.encode(), at=LATER)


def test_a_dismissed_employee_is_refused_like_anybody(member):
    Staff.objects.update(is_active=False)

    assert answer(given(member[1])) == "login.refused"


def test_five_failures_lock_known_and_unknown_log_ins_alike(member):
    for login in ("li.operator", "nobody"):
        found = [answer(given(member[1], login=login, **WRONG)) for _ in range(6)]
        assert found == ["login.refused"] * 5 + ["login.locked"]

    assert answer(given(member[1])) == "login.locked"
    after = LATER + timedelta(minutes=15)
    assert answer(given(member[1], at=after), at=after) == "in"


def test_twenty_failures_lock_an_address(member):
    for each in range(20):
        answer(Credentials(f"nobody{each}", "wrong", address="203.0.113.7"))

    assert answer(given(member[1], address="203.0.113.7")) == "login.locked"
    assert answer(given(member[1], address="203.0.113.8")) == "in"


def test_an_unknown_log_in_costs_a_hash_and_the_same_queries(member, monkeypatch):
    hasher = type(get_hasher())
    original, made = hasher.encode, []
    monkeypatch.setattr(hasher, "encode", lambda *args: made.append(1) or original(*args))
    costs = []
    for login in ("li.operator", "nobody"):
        made.clear()
        with CaptureQueriesContext(authenticating.transaction.get_connection()) as queries:
            answer(Credentials(login, "wrong", "000000"))
        costs.append((len(queries), len(made)))

    assert costs[0] == costs[1]
    assert costs[0][1] == 1


def test_a_first_log_in_leads_to_the_second_factor_and_nowhere_else():
    _, once = add_staff("wang", role="auditor", at=NOON)

    assert answer(Credentials("wang", once, "123456"), at=NOON) == "login.enrol_first"
    assert answer(Credentials("wang", "wrong"), at=NOON) == "login.refused"
    assert answer(Credentials("wang", once), at=NOON + timedelta(days=3)) == "login.refused"


def test_a_one_time_password_is_checked_under_the_same_lock():
    staff, once = add_staff("wang", role="auditor", at=NOON)
    assert check_one_time_password(Credentials("wang", once), at=NOON) == staff
    for _ in range(5):
        check_one_time_password(Credentials("wang", "wrong"), at=NOON)

    assert check_one_time_password(Credentials("wang", once), at=NOON).code == "login.locked"


def test_nothing_that_was_typed_is_kept_or_printed(member):
    credentials = given(member[1], address="203.0.113.7", **WRONG)
    answer(credentials)

    text = repr(credentials) + repr(list(Attempt.objects.values_list("subject", flat=True)))
    assert credentials.password not in text
    assert credentials.totp not in text
