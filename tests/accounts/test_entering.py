from __future__ import annotations

import pytest
from django.contrib.sessions.backends.db import SessionStore

from mingdai.accounts.enlisting import reset_staff
from mingdai.accounts.entering import (
    borrower_of,
    enter,
    enter_staff,
    leave,
    session_key_of,
    staff_of,
)
from mingdai.accounts.models import Borrower
from mingdai.accounts.registering import find_or_register
from tests.accounts.people import NUMBER, enrolled
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    store = SessionStore()
    store["left"] = "by somebody before"
    store.save()
    return store


def test_a_session_holds_an_id_and_a_random_key_only(session):
    borrower = find_or_register(NUMBER, at=NOON)
    before = session.session_key

    key = enter(session, borrower)

    assert dict(session.items()) == {"borrower": str(borrower.pk), "session_key": key}
    assert session.session_key != before
    assert session_key_of(session) == key
    assert enter(session, borrower) != key


def test_whoever_entered_is_known_until_leaving(session):
    borrower = find_or_register(NUMBER, at=NOON)
    enter(session, borrower)
    assert borrower_of(session) == borrower
    assert staff_of(session) is None

    leave(session)

    assert borrower_of(session) is None
    assert session_key_of(session) == ""


def test_an_erased_borrower_is_out_at_once(session):
    enter(session, find_or_register(NUMBER, at=NOON))

    Borrower.objects.update(erased_at=NOON)

    assert borrower_of(session) is None


@pytest.mark.parametrize("end", ["dismissed", "reset", "new password"])
def test_an_employee_is_out_at_once_when(session, end):
    staff, _ = enrolled()
    enter_staff(session, staff)
    assert staff_of(session) == staff
    assert borrower_of(session) is None

    if end == "dismissed":
        staff.is_active = False
        staff.save()
    elif end == "reset":
        reset_staff(staff.login, at=NOON)
    else:
        staff.set_password("another long password")
        staff.save()

    assert staff_of(session) is None


def test_an_id_that_is_none_signs_nobody_in(session):
    session["borrower"] = session["staff"] = "nonsense"

    assert borrower_of(session) is None
    assert staff_of(session) is None
