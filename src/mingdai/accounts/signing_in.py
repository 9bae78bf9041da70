"""Sign a borrower in by mobile number and a one-time code.

A code has six random digits, lives five minutes, works once, and only the newest of a number
works.  Nothing here looks whether a number is registered: the answers, and the work behind them,
are the same.  Limits: one code a minute and five an hour for a number, twenty an hour for an
address, and thirty wrong ones; five wrong codes lock a number for a quarter of an hour.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from mingdai.accounts.hashing import keyed_hash, same
from mingdai.accounts.limiting import (
    Limit,
    alone,
    locked,
    reached,
    record_failure,
    record_success,
)
from mingdai.accounts.models import Borrower, LoginCode
from mingdai.accounts.registering import find_or_register
from mingdai.accounts.senders import sender
from mingdai.words import Reason

CODE_TTL = timedelta(minutes=5)
CODE_TRIES = 5
_REQUEST, _ADDRESS = "code.request", "code.address"
_REDEEM, _GUESS = "code.redeem", "code.guess"
_PER_MINUTE = Limit(_REQUEST, 1, timedelta(seconds=60))
_PER_HOUR = Limit(_REQUEST, 5, timedelta(hours=1))
_PER_ADDRESS = Limit(_ADDRESS, 20, timedelta(hours=1))
_GUESSES = Limit(_GUESS, 30, timedelta(hours=1))
_LOCKOUT = Limit(_REDEEM, 5, timedelta(minutes=15))


def request_code(
    mobile_index: bytes, *, masked: str, at: datetime, number: str = "", address: str = ""
) -> Reason | None:
    """Send a fresh code to the number; None where it was sent, why not otherwise.

    `number` goes to the sender and is not kept; `address` is the client's, "" for none.
    Raises Unavailable where no sender is configured.
    """
    carrier = sender()
    code = f"{secrets.randbelow(10**6):06}"
    refused = _issue(bytes(mobile_index), code, address=address, at=at)
    if refused is None:
        carrier.send(number=number, masked=masked, code=code, at=at)
    return refused


def redeem_code(
    mobile_index: bytes, code: str, *, at: datetime, address: str = "", locale: str = "zh-hans"
) -> Borrower | Reason:
    """The borrower whom the code signs in, registered if new; or why not.

    A wrong, used, expired or never sent code has the one answer `login.wrong_code`; after five of
    them it is `login.locked`.
    """
    index = bytes(mobile_index)
    subject = keyed_hash("mobile", index)
    with transaction.atomic():
        alone(subject)
        refused = locked(_LOCKOUT, subject, at=at) or _at_limit(_GUESSES, address, at=at)
        if refused is not None:
            return refused
        if not _use(index, code, at=at):
            record_failure(_REDEEM, subject, at=at)
            _count(_GUESS, address, at=at)
            return _WRONG
        record_success(_REDEEM, subject, at=at)
        return find_or_register(index, at=at, locale=locale)


@transaction.atomic
def _issue(index: bytes, code: str, *, address: str, at: datetime) -> Reason | None:
    """Keep a fresh code for the number, unless a limit is reached."""
    subject = keyed_hash("mobile", index)
    alone(subject)
    refused = (
        reached(_PER_MINUTE, subject, at=at)
        or reached(_PER_HOUR, subject, at=at)
        or _at_limit(_PER_ADDRESS, address, at=at)
    )
    if refused is not None:
        return refused
    record_success(_REQUEST, subject, at=at)
    _count(_ADDRESS, address, at=at)
    LoginCode.objects.create(
        mobile_index=index, code_hash=_code_hash(index, code), sent_at=at, expires_at=at + CODE_TTL
    )
    return None


def _use(index: bytes, code: str, *, at: datetime) -> bool:
    """Use up a try of the number's newest code; whether it was the right one, in time, unused."""
    newest = LoginCode.objects.filter(mobile_index=index).order_by("-sent_at", "-pk").first()
    kept = _NEVER if newest is None else bytes(newest.code_hash)
    right = same(_code_hash(index, code), kept)
    if newest is None:
        return False
    usable = LoginCode.objects.filter(
        pk=newest.pk, used_at=None, expires_at__gt=at, sent_at__lte=at, attempts__lt=CODE_TRIES
    )
    if not right:
        usable.update(attempts=F("attempts") + 1)
        return False
    return usable.update(attempts=F("attempts") + 1, used_at=at) == 1


def _at_limit(limit: Limit, address: str, *, at: datetime) -> Reason | None:
    return reached(limit, keyed_hash("address", address.encode()), at=at) if address else None


def _count(act: str, address: str, *, at: datetime) -> None:
    if address:
        record_success(act, keyed_hash("address", address.encode()), at=at)


def _code_hash(index: bytes, code: str) -> bytes:
    return keyed_hash("code", index + code.strip().encode())


_NEVER = bytes(32)
_WRONG = Reason(
    code="login.wrong_code",
    reason="the code is wrong, used or expired",
    source="platform policy: one-time codes",
    remedy="ask for a new code",
)
