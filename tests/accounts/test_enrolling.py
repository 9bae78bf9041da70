from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.accounts.authenticating import Credentials, check_password_and_code
from mingdai.accounts.enlisting import ENROL_WITHIN, add_staff
from mingdai.accounts.enrolling import Enrolment, begin_enrolment, finish_enrolment
from mingdai.errors import Invalid
from mingdai.words import Reason
from tests.accounts.people import PASSWORD, enrolled, seal, totp_at, unseal
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    staff, once = add_staff("li.operator", role="operator", at=NOON)
    found = begin_enrolment(Credentials("li.operator", once), seal=seal, at=NOON)
    assert isinstance(found, Enrolment)
    assert found.staff == staff
    return found, once


def finish(begun, *, password=PASSWORD, totp="", at=NOON):
    return finish_enrolment(
        begun.staff,
        password=password,
        totp=totp or totp_at(begun.secret, at),
        unseal=unseal,
        at=at,
    )


def test_the_secret_is_shown_once_and_printed_nowhere(begun):
    assert begun[0].secret in begun[0].uri
    assert begun[0].secret not in repr(begun[0])


def test_with_the_first_code_the_employee_is_in_from_the_next_step_on(begun):
    assert finish(begun[0]) is None

    later = NOON + timedelta(seconds=30)
    credentials = Credentials("li.operator", PASSWORD, totp_at(begun[0].secret, later))
    assert check_password_and_code(credentials, unseal=unseal, at=later) == begun[0].staff


def test_a_wrong_first_code_changes_nothing(begun):
    answer = finish(begun[0], totp="000000" if totp_at(begun[0].secret, NOON) != "000000" else "1")

    assert answer.code == "enrolment.wrong_code"
    assert finish(begun[0]) is None


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012"])
def test_a_weak_password_is_refused(begun, password):
    with pytest.raises(Invalid, match=r"staff\.weak_password"):
        finish(begun[0], password=password)


def test_the_one_time_password_cannot_stay(begun):
    with pytest.raises(Invalid, match=r"staff\.weak_password"):
        finish(begun[0], password=begun[1])


def test_an_enrolment_is_finished_once(begun):
    finish(begun[0])

    assert finish(begun[0], at=NOON + timedelta(minutes=5)).code == "enrolment.over"


def test_after_three_days_the_one_time_password_is_nothing(begun):
    late = NOON + ENROL_WITHIN

    assert finish(begun[0], at=late).code == "enrolment.over"
    again = begin_enrolment(Credentials("li.operator", begun[1]), seal=seal, at=late)
    assert isinstance(again, Reason)
    assert again.code == "login.refused"


def test_an_enrolled_employee_cannot_begin_again_by_password():
    enrolled()

    again = begin_enrolment(Credentials("li.operator", PASSWORD), seal=seal, at=NOON)

    assert isinstance(again, Reason)
    assert again.code == "login.refused"
