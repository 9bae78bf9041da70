"""Enter and leave: what a session holds of a person, which is an id and a random key.

Never a number, a name or a role: those are read anew on every request, so that an erased borrower
or a dismissed employee is out at once.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from mingdai.accounts.models import Borrower, Staff

_BORROWER, _STAFF, _KEY, _PROOF = "borrower", "staff", "session_key", "proof"


def enter(session: SessionBase, borrower: Borrower) -> str:
    """Begin a borrower's session from nothing; its random key, one for each log-in."""
    return _begin(session, _BORROWER, str(borrower.pk))


def enter_staff(session: SessionBase, staff: Staff) -> str:
    """Begin an employee's session from nothing; it ends when the password changes."""
    key = _begin(session, _STAFF, str(staff.pk))
    session[_PROOF] = staff.get_session_auth_hash()
    return key


def leave(session: SessionBase) -> None:
    """End whichever session there is."""
    session.flush()


def borrower_of(session: SessionBase) -> Borrower | None:
    """The borrower who is signed in, unless erased since."""
    who = _id_in(session, _BORROWER)
    return None if who is None else Borrower.objects.filter(pk=who, erased_at=None).first()


def staff_of(session: SessionBase) -> Staff | None:
    """The employee who is signed in, unless dismissed, reset or given a new password since."""
    who = _id_in(session, _STAFF)
    staff = None if who is None else Staff.objects.filter(pk=who, is_active=True).first()
    if staff is None or staff.totp_sealed is None:
        return None
    proof = str(session.get(_PROOF, ""))
    return staff if constant_time_compare(proof, staff.get_session_auth_hash()) else None


def session_key_of(session: SessionBase) -> str:
    """The random key of this log-in, "" where nobody is signed in."""
    return str(session.get(_KEY, ""))


def _begin(session: SessionBase, kind: str, who: str) -> str:
    session.flush()
    session[kind] = who
    session[_KEY] = secrets.token_hex(16)
    return str(session[_KEY])


def _id_in(session: SessionBase, kind: str) -> UUID | None:
    try:
        return UUID(str(session.get(kind, "")))
    except ValueError:
        return None
