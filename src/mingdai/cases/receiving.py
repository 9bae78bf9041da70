"""Receive a found list into a case: sealed while it arrives, never in clear on a disk.

Its file name is not kept, because it may name people; only its ending.  It has a day on which it is
deleted, stated before it is received.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from mingdai.cases.deleting import CHINA, label_of, path_of
from mingdai.cases.models import Case, FoundList
from mingdai.cases.opening import checked_text, require_open
from mingdai.errors import Invalid
from mingdai.vault.stowing import Stower, fresh_salt
from mingdai.words import ActorId

SUFFIXES = ("csv", "tsv", "txt", "xlsx")
LONGEST = timedelta(days=180)
"""How far away the day of deletion may be; platform policy (PIPL Art. 19)."""

USUAL = timedelta(days=30)
SOURCE_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is said of a list: where it was found (no personal information), when, until when."""

    source: str
    found_at: datetime
    delete_on: date


class Receiver:
    """Takes the bytes of one list as they come; `finish` or `give_up` ends it."""

    def __init__(self) -> None:
        """Draw a name and a salt; both are used once."""
        self._stowed, self._salt = secrets.token_hex(16), fresh_salt()
        self._digest, self._size = hashlib.sha256(), 0
        self._stower = Stower(path_of(self._stowed), salt=self._salt, label=label_of(self._stowed))

    def write(self, data: bytes) -> None:
        """Take more; raises Invalid `list.too_large` beyond the limit."""
        self._size += len(data)
        if self._size > most_bytes():
            raise Invalid(code="list.too_large", reason="the list is too large", field="file")
        self._digest.update(data)
        self._stower.write(data)

    def finish(
        self, case: Case, name: str, arrival: Arrival, *, actor: ActorId, at: datetime
    ) -> FoundList:
        """Keep it as a list of the case; raises what `check` raises, and then keeps nothing."""
        try:
            source = check(case, name, arrival, at=at)
            if not self._size:
                raise Invalid(code="list.empty", reason="the list is empty", field="file")
            self._stower.close()
        except BaseException:
            self.give_up()
            raise
        return FoundList.objects.create(
            case=case,
            suffix=_suffix(name),
            source=source,
            size=self._size,
            digest=self._digest.hexdigest(),
            stowed=self._stowed,
            salt=self._salt,
            received_by=actor,
            received_at=at,
            found_at=arrival.found_at,
            delete_on=arrival.delete_on,
        )

    def give_up(self) -> None:
        """Leave nothing behind."""
        self._stower.give_up()


def receive(
    case: Case,
    chunks: Iterable[bytes],
    name: str,
    arrival: Arrival,
    *,
    actor: ActorId,
    at: datetime,
) -> FoundList:
    """Receive a whole list; raises as `Receiver` and keeps nothing then."""
    check(case, name, arrival, at=at)
    receiver = Receiver()
    try:
        for chunk in chunks:
            receiver.write(chunk)
    except BaseException:
        receiver.give_up()
        raise
    return receiver.finish(case, name, arrival, actor=actor, at=at)


def check(case: Case, name: str, arrival: Arrival, *, at: datetime) -> str:
    """The source as it is kept.

    Raises Refused `case.closed`, Invalid `list.form`, `list.source`, `list.found_at` or
    `list.delete_on`.
    """
    require_open(case)
    if _suffix(name) not in SUFFIXES:
        raise Invalid(
            code="list.form",
            reason="a list is CSV, TSV, TXT or XLSX",
            field="file",
            remedy="save it as XLSX or CSV",
        )
    if arrival.found_at > at:
        raise Invalid(code="list.found_at", reason="it was found after now", field="found_at")
    today = at.astimezone(CHINA).date()
    if not today < arrival.delete_on <= today + LONGEST:
        raise Invalid(
            code="list.delete_on",
            reason=f"the day of deletion is within {LONGEST.days} days",
            field="delete_on",
        )
    return checked_text(arrival.source, most=SOURCE_CHARACTERS, code="list.source", field="source")


def most_bytes() -> int:
    """The largest list that is received."""
    return int(settings.MINGDAI_LIST_MB) << 20


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()[:5]
