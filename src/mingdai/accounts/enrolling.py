"""Set up an employee's own password and second factor, once, from the one-time password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pyotp
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from mingdai.accounts.authenticating import (
    Credentials,
    Unseal,
    check_one_time_password,
    totp_label,
    use_step,
)
from mingdai.accounts.models import Staff
from mingdai.errors import Invalid
from mingdai.words import Reason

Seal = Callable[[bytes, str], bytes]
"""`vault.guarding.seal_secret`, passed in by the door."""

ISSUER = "mingdai"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor that waits for its first code: what the app needs, shown once."""

    staff: Staff
    secret: str = field(repr=False)
    uri: str = field(repr=False)


def begin_enrolment(credentials: Credentials, *, seal: Seal, at: datetime) -> Enrolment | Reason:
    """A fresh second factor for whoever has a valid one-time password; or why not."""
    staff = check_one_time_password(credentials, at=at)
    if isinstance(staff, Reason):
        return staff
    secret = pyotp.random_base32()
    staff.totp_pending = seal(secret.encode(), totp_label(staff))
    staff.save(update_fields=["totp_pending"])
    uri = pyotp.TOTP(secret).provisioning_uri(name=staff.login, issuer_name=ISSUER)
    return Enrolment(staff=staff, secret=secret, uri=uri)


def finish_enrolment(
    staff: Staff, *, password: str, totp: str, unseal: Unseal, at: datetime
) -> Reason | None:
    """Take the new password and the second factor if `totp` is its code; or why not.

    `staff` comes from `begin_enrolment`, by way of the door's session.  The one-time password
    works no more.  Raises Invalid `staff.weak_password`.
    """
    with transaction.atomic():
        row = Staff.objects.select_for_update().get(pk=staff.pk)
        if row.totp_pending is None or row.enrol_until is None or at >= row.enrol_until:
            return _OVER
        _check_strength(row, password)
        secret = unseal(bytes(row.totp_pending), totp_label(row))
        if not use_step(row, totp, secret=secret, at=at):
            return _WRONG
        row.refresh_from_db()
        row.set_password(password)
        row.totp_sealed, row.totp_pending, row.enrol_until = row.totp_pending, None, None
        row.save()
    return None


def _check_strength(staff: Staff, password: str) -> None:
    try:
        validate_password(password, staff)
        used = staff.check_password(password)
    except ValidationError as error:
        raise Invalid(
            code="staff.weak_password", reason="the password is too weak", field="password"
        ) from error
    if used:
        raise Invalid(
            code="staff.weak_password", reason="the one-time password is used up", field="password"
        )


_OVER = Reason(
    code="enrolment.over",
    reason="there is no second factor waiting, or its time is over",
    source="platform policy: two factors for employees",
    remedy="ask for a reset",
)
_WRONG = Reason(
    code="enrolment.wrong_code",
    reason="the code is not the second factor's",
    source="platform policy: two factors for employees",
    remedy="check the clock and give the next code",
)
