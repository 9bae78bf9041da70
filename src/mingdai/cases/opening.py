"""Open and close a case: a number, who opened it, why.

Closing ends its purpose: its lists are deleted at once, what waits is cancelled, results stay.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from mingdai.cases.deleting import delete_list
from mingdai.cases.models import Attribution, Case
from mingdai.cases.queueing import cancel
from mingdai.errors import Invalid, Refused, Unavailable
from mingdai.words import ActorId

CHINA = ZoneInfo("Asia/Shanghai")
REASON_CHARACTERS = 300
_TRIES = 5
_PERSONAL = re.compile(r"[0-9０-９]{6,}|@|＠")
"""What a number, an ID or an address looks like; a reason is kept in clear and must hold none."""


def open_case(reason: str, *, actor: ActorId, at: datetime) -> Case:
    """A new case with the next number of the year.

    Raises Invalid `case.reason` or `case.reason_personal`.
    """
    plain = checked_text(reason, most=REASON_CHARACTERS, code="case.reason", field="reason")
    for _ in range(_TRIES):
        number = _next_number(at)
        try:
            with transaction.atomic():
                return Case.objects.create(
                    number=number, reason=plain, opened_by=actor, opened_at=at
                )
        except IntegrityError:
            continue
    raise Unavailable(code="case.busy", reason="another case took the number", remedy="try again")


def close_case(case: Case, *, actor: ActorId, at: datetime) -> None:
    """Close it; doing it again changes nothing.

    Raises Refused `case.running` while an attribution runs.
    """
    running = Attribution.objects.filter(
        found_list__case=case, state=Attribution.State.RUNNING
    ).exists()
    if running:
        raise Refused(
            code="case.running",
            reason=f"an attribution of case {case.number} is running",
            remedy="stop it first, or wait for its end",
        )
    waiting = (Attribution.State.WAITING, Attribution.State.QUEUED)
    for each in Attribution.objects.filter(found_list__case=case, state__in=waiting):
        cancel(each, at=at)
    for row in case.lists.filter(deleted_at=None):
        delete_list(row, at=at)
    Case.objects.filter(pk=case.pk, closed_at=None).update(closed_by=actor, closed_at=at)
    case.refresh_from_db()


def require_open(case: Case) -> None:
    """Raises Refused `case.closed`."""
    if case.closed_at is not None:
        raise Refused(code="case.closed", reason=f"case {case.number} is closed")


def checked_text(text: str, *, most: int, code: str, field: str) -> str:
    """`text` without outer space; raises Invalid `code` or `<code>_personal`."""
    plain = text.strip()
    if not 0 < len(plain) <= most:
        raise Invalid(code=code, reason=f"1 to {most} characters", field=field)
    if _PERSONAL.search(plain):
        raise Invalid(code=f"{code}_personal", reason="it holds a number or address", field=field)
    return plain


def _next_number(at: datetime) -> str:
    start = f"C{at.astimezone(CHINA).year}-"
    last = Case.objects.filter(number__startswith=start).order_by("-number").first()
    return f"{start}{1 + (int(last.number.removeprefix(start)) if last else 0):04d}"
