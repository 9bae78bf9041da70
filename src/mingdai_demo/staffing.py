"""Three made-up employees with a password and a second factor of this data folder's own.

Two of them are compliance officers, because reading of everybody takes two people.

Both are kept in `MINGDAI_DATA/demo.json`, mode 0600, so that the guide can print them again.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyotp
from django.conf import settings

from mingdai.accounts.authenticating import totp_label
from mingdai.accounts.models import Staff
from mingdai.vault.guarding import seal_secret

EMPLOYEES = (
    ("anna", Staff.Role.COMPLIANCE),
    ("ben", Staff.Role.OPERATOR),
    ("chen", Staff.Role.COMPLIANCE),
)


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """What a person types at `/console/`: log-in, password, and a code of this TOTP secret."""

    login: str
    role: str
    password: str
    totp: str

    def code(self, at: datetime) -> str:
        """The six digits that are right now; each works once."""
        return pyotp.TOTP(self.totp).at(at)


def logins() -> list[DemoLogin]:
    """The demo employees of this data folder; none before the first seeding."""
    path = _path()
    if not path.exists():
        return []
    return [DemoLogin(**each) for each in json.loads(path.read_text(encoding="utf-8"))]


def seed_staff(*, at: datetime) -> None:
    """Make the demo employees that are not there yet, once."""
    known = logins()
    there = {each.login for each in known}
    made = [
        DemoLogin(login, role.value, secrets.token_urlsafe(9), pyotp.random_base32())
        for login, role in EMPLOYEES
        if login not in there
    ]
    if made:
        _write([*known, *made])
    for each in made:
        staff = Staff(login=each.login, role=each.role, created_at=at)
        staff.set_password(each.password)
        staff.totp_sealed = seal_secret(each.totp.encode(), totp_label(staff))
        staff.save()


def _write(every: list[DemoLogin]) -> None:
    """Whole or not at all, for its owner alone."""
    fresh = _path().with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump([asdict(each) for each in every], file)
    fresh.replace(_path())


def _path() -> Path:
    return Path(settings.MINGDAI_DATA) / "demo.json"
