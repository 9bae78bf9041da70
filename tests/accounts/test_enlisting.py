from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.accounts.authenticating import Credentials, check_password_and_code
from mingdai.accounts.enlisting import ENROL_WITHIN, add_staff, find_staff, reset_staff
from mingdai.accounts.models import Staff
from mingdai.errors import Invalid, Refused
from tests.accounts.people import PASSWORD, enrolled, totp_at, unseal
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_new_employee_has_a_one_time_password_that_is_not_kept_in_clear():
    staff, password = add_staff("li.operator", role="operator", at=NOON)

    assert len(password) >= 20
    assert password not in Staff.objects.get().password
    assert staff.enrol_until == NOON + ENROL_WITHIN
    assert add_staff("wang", role="auditor", at=NOON)[1] != password


@pytest.mark.parametrize(
    ("login", "role", "code"),
    [
        ("Li", "operator", "staff.login"),
        ("li", "operator", "staff.login"),
        ("l" * 41, "operator", "staff.login"),
        ("li\n", "operator", "staff.login"),
        ("li.operator", "root", "staff.role"),
    ],
)
def test_an_odd_log_in_or_role_is_refused(login, role, code):
    with pytest.raises(Invalid, match=code):
        add_staff(login, role=role, at=NOON)


def test_a_log_in_is_given_out_once():
    add_staff("li.operator", role="operator", at=NOON)

    with pytest.raises(Refused, match=r"staff\.exists"):
        add_staff("li.operator", role="auditor", at=NOON)


def test_a_reset_ends_password_and_second_factor():
    _, secret = enrolled()
    later = NOON + timedelta(minutes=1)

    _, once = reset_staff("li.operator", at=later)

    old = Credentials("li.operator", PASSWORD, totp_at(secret, later))
    new = Credentials("li.operator", once, totp_at(secret, later))
    assert check_password_and_code(old, unseal=unseal, at=later).code == "login.refused"
    assert check_password_and_code(new, unseal=unseal, at=later).code == "login.enrol_first"


def test_nobody_unknown_is_reset():
    with pytest.raises(Refused, match=r"staff\.unknown"):
        reset_staff("nobody", at=NOON)


def test_an_employee_is_found_by_log_in_and_role():
    staff, _ = add_staff("officer", role=Staff.Role.COMPLIANCE, at=NOON)

    assert find_staff("officer") == staff
    assert find_staff("officer", role=Staff.Role.COMPLIANCE) == staff
    with pytest.raises(Refused, match=r"staff\.not_your_role"):
        find_staff("officer", role=Staff.Role.AUDITOR)
    with pytest.raises(Refused, match=r"staff\.unknown"):
        find_staff("nobody")
