"""Check an employee's password and second factor (TOTP, RFC 6238, 30 s steps, one step of drift).

One answer for a wrong log-in, password, code or a code used before; the password hash is computed
for unknown log-ins too.  Five failures lock a log-in, known or not, for a quarter of an hour;
twenty an address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pyotp
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import constant_time_compare

from mingdai.accounts.hashing import keyed_hash
from mingdai.accounts.limiting import Limit, alone, locked, record_failure, record_success
from mingdai.accounts.models import Staff
from mingdai.words import Reason

Unseal = Callable[[bytes, str], bytes]
"""`vault.guarding.unseal_secret`, passed in by the door: this room stands below the vault."""

STEP_S = 30
_DRIFT = (-1, 0, 1)
_ACT, _ADDRESS = "staff.login", "staff.address"
_LOCKOUT = Limit(_ACT, 5, timedelta(minutes=15))
_ADDRESS_LOCKOUT = Limit(_ADDRESS, 20, timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an employee typed, and the client's `address` ("" for none)."""

    login: str
    password: str = field(repr=False)
    totp: str = field(default="", repr=False)
    address: str = ""


def check_password_and_code(
    credentials: Credentials, *, unseal: Unseal, at: datetime
) -> Staff | Reason:
    """The employee, or `login.refused`, or `login.locked`.

    `login.enrol_first` says that the one-time password was right and still has to be replaced.
    """
    with transaction.atomic():
        return _barred(credentials, at=at) or _settle(
            credentials, _identify(credentials, unseal=unseal, at=at), at=at
        )


def check_one_time_password(credentials: Credentials, *, at: datetime) -> Staff | Reason:
    """The employee who must set up a second factor now, or `login.refused`, or `login.locked`."""
    with transaction.atomic():
        barred = _barred(credentials, at=at)
        if barred is not None:
            return barred
        staff = _by_password(credentials)
        if staff is None or not _enrols(staff, at=at):
            return _settle(credentials, None, at=at)
        _settle(credentials, staff, at=at)
        return staff


def use_step(staff: Staff, totp: str, *, secret: bytes, at: datetime) -> bool:
    """Use up the TOTP step that `totp` fits; whether there was one not used before."""
    now = int(at.timestamp()) // STEP_S
    codes = pyotp.TOTP(secret.decode("ascii"))
    fits = [
        now + drift
        for drift in _DRIFT
        if constant_time_compare(codes.generate_otp(now + drift), totp.strip())
    ]
    if not fits:
        return False
    fresh = Staff.objects.filter(pk=staff.pk, totp_last_step__lt=max(fits))
    return fresh.update(totp_last_step=max(fits)) == 1


def totp_label(staff: Staff) -> str:
    """What the employee's sealed second factor is bound to."""
    return f"totp:{staff.pk}"


def _identify(credentials: Credentials, *, unseal: Unseal, at: datetime) -> Staff | Reason | None:
    """Who the credentials are, fully; `_ENROL` where a second factor is still to be set up."""
    staff = _by_password(credentials)
    if staff is None:
        return None
    if staff.totp_sealed is None:
        return _ENROL if _enrols(staff, at=at) else None
    secret = unseal(bytes(staff.totp_sealed), totp_label(staff))
    return staff if use_step(staff, credentials.totp, secret=secret, at=at) else None


def _by_password(credentials: Credentials) -> Staff | None:
    """The active employee with this password; as much work where there is none."""
    staff = Staff.objects.filter(login=credentials.login).first()
    if staff is None:
        make_password(credentials.password)
        return None
    right = staff.check_password(credentials.password)
    return staff if right and staff.is_active else None


def _enrols(staff: Staff, *, at: datetime) -> bool:
    waits = staff.enrol_until is not None and at < staff.enrol_until
    return waits and staff.totp_sealed is None


def _barred(credentials: Credentials, *, at: datetime) -> Reason | None:
    """Why nothing is checked at all just now."""
    subject, origin = _subjects(credentials)
    alone(subject)
    refused = locked(_LOCKOUT, subject, at=at)
    if refused is None and credentials.address:
        refused = locked(_ADDRESS_LOCKOUT, origin, at=at)
    return refused


def _settle(
    credentials: Credentials, found: Staff | Reason | None, *, at: datetime
) -> Staff | Reason:
    """Record how it went; an address is cleared by nothing but time."""
    subject, origin = _subjects(credentials)
    if found is not None:
        record_success(_ACT, subject, at=at)
        return found
    record_failure(_ACT, subject, at=at)
    if credentials.address:
        record_failure(_ADDRESS, origin, at=at)
    return _REFUSED


def _subjects(credentials: Credentials) -> tuple[bytes, bytes]:
    return (
        keyed_hash("staff", credentials.login.encode()),
        keyed_hash("address", credentials.address.encode()),
    )


_REFUSED = Reason(
    code="login.refused",
    reason="log-in, password or code is wrong",
    source="platform policy: one answer for every failure",
    remedy="try again, or ask for a reset",
)
_ENROL = Reason(
    code="login.enrol_first",
    reason="the second factor is not set up",
    source="platform policy: two factors for employees",
    remedy="set a password and the second factor",
)
