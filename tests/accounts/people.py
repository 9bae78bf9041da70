"""Made-up employees and codes for the tests of this room."""

from __future__ import annotations

from datetime import datetime

import pyotp

from mingdai.accounts.authenticating import Credentials
from mingdai.accounts.enlisting import add_staff
from mingdai.accounts.enrolling import begin_enrolment, finish_enrolment
from mingdai.accounts.models import InboxMessage, Staff
from tests.conftest import NOON

PASSWORD = "correct horse battery staple"  # noqa: S105 - a made-up employee's
NUMBER, OTHER_NUMBER = bytes(31) + b"\x01", bytes(31) + b"\x02"


def seal(secret: bytes, label: str) -> bytes:
    """Stands where the door passes the vault's seal; keeps the label to check it."""
    return label.encode() + b"|" + bytes(255 - each for each in secret)


def unseal(sealed: bytes, label: str) -> bytes:
    bound, _, secret = sealed.partition(b"|")
    assert bound == label.encode()
    return bytes(255 - each for each in secret)


def totp_at(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def enrolled(login: str = "li.operator", role: str = "operator") -> tuple[Staff, str]:
    """An employee with password and second factor, and the second factor's secret."""
    staff, once = add_staff(login, role=role, at=NOON)
    begun = begin_enrolment(Credentials(login, once), seal=seal, at=NOON)
    secret = begun.secret
    refused = finish_enrolment(
        staff, password=PASSWORD, totp=totp_at(secret, NOON), unseal=unseal, at=NOON
    )
    assert refused is None
    staff.refresh_from_db()
    return staff, secret


def shown_code() -> str:
    """The newest code of the development inbox."""
    return InboxMessage.objects.latest("pk").code
