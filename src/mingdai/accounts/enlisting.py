"""Add an employee, or set one back to the beginning, with a one-time password.

The one-time password opens nothing but the page that sets a password and a second factor, once,
within three days.  There is no other way in and no default password.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from mingdai.accounts.models import Staff
from mingdai.errors import Invalid, Refused

ENROL_WITHIN = timedelta(days=3)
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")


def add_staff(login: str, *, role: str, at: datetime) -> tuple[Staff, str]:
    """A new employee and the one-time password, which is kept nowhere in clear.

    Raises Invalid `staff.login` or `staff.role`, Refused `staff.exists`.
    """
    if not _LOGIN.fullmatch(login):
        raise Invalid(
            code="staff.login",
            reason="a log-in is 3 to 40 of a-z, 0-9, dot, dash and underscore",
            field="login",
        )
    if role not in Staff.Role.values:
        raise Invalid(
            code="staff.role",
            reason=f"a role is one of {', '.join(Staff.Role.values)}",
            field="role",
        )
    if Staff.objects.filter(login=login).exists():
        raise Refused(code="staff.exists", reason="this log-in is taken", remedy="reset it instead")
    staff = Staff(login=login, role=role, created_at=at)
    return staff, _one_time_password(staff, at=at)


def reset_staff(login: str, *, at: datetime) -> tuple[Staff, str]:
    """The employee and a new one-time password; the old password and second factor are gone.

    Every session of the employee ends.  Raises Refused `staff.unknown`.
    """
    staff = Staff.objects.filter(login=login).first()
    if staff is None:
        raise Refused(code="staff.unknown", reason="no employee has this log-in", remedy="add it")
    staff.totp_sealed = staff.totp_pending = None
    return staff, _one_time_password(staff, at=at)


def find_staff(login: str, *, role: str = "") -> Staff:
    """The active employee with this log-in, and with this role where one is asked for.

    Raises Refused `staff.unknown` or `staff.not_your_role`.
    """
    staff = Staff.objects.filter(login=login, is_active=True).first()
    if staff is None:
        raise Refused(code="staff.unknown", reason="no employee has this log-in", remedy="add it")
    if role and staff.role != role:
        raise Refused(
            code="staff.not_your_role",
            reason=f"this needs the role {role}",
            source="docs/decisions/0091-who-may-do-what.md",
            remedy="let somebody in that role decide",
        )
    return staff


def _one_time_password(staff: Staff, *, at: datetime) -> str:
    password = secrets.token_urlsafe(15)
    staff.set_password(password)
    staff.enrol_until = at + ENROL_WITHIN
    staff.save()
    return password
