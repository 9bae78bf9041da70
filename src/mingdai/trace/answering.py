"""Let a partner answer a sighting of the address it was given, before anybody draws conclusions.

A partner is told of addresses that reached it, or may have; of one that never left us it is told
nothing, because it never had it.  A decoy looks to it like any other address.  Every answer is kept
as given; the borrower sees the latest beside the sighting.  Naming a service of its own proposes
that sender as an expected one; an employee decides.
"""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from mingdai.errors import Invalid, Refused
from mingdai.gate.aliasing import handed_over
from mingdai.gate.models import Alias
from mingdai.trace.expecting import ANSWER, propose_sender
from mingdai.trace.models import Grade, Letter, Sighting, SightingAnswer
from mingdai.words import ActorId

ANSWERS = ("our_service", "our_affiliate", "not_ours", "investigating")
"""What a partner may answer."""

OWN = frozenset({"our_service", "our_affiliate"})
"""Answers by which the sender is the partner's own."""

NOTE_CHARACTERS = 500
PAGE = 50

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PERSONAL = re.compile(r"[0-9０-９]{6,}|@|＠")
"""What a number, an ID or an address looks like; a note is kept in clear and must hold none."""


def told_to(partner_id: str) -> QuerySet[Sighting]:
    """What a partner may be told of, oldest first.

    Each row has `given_id` and `given_at`, the disclosure that carried the address first, and the
    `verdict` on its first letter (None for what is no letter).
    """
    given = handed_over(OuterRef("quoted")).filter(
        borrower=OuterRef("borrower"),
        recipient_id=OuterRef("alias__recipient_id"),
        application_id=OuterRef("alias__application_id"),
    )
    first = Letter.objects.filter(sighting=OuterRef("pk")).order_by("received_at", "pk")
    quoted = Case(
        When(channel=Alias.Channel.PHONE, then=Value('"mobile"')), default=Value('"email"')
    )
    rows = (
        Sighting.objects.filter(partner_id=partner_id)
        .alias(quoted=quoted)
        .annotate(
            given_id=Subquery(given.values("pk")[:1]),
            given_at=Subquery(given.values("disclosed_at")[:1]),
            verdict=Subquery(first.values("verdict")[:1]),
        )
    )
    told = rows.exclude(given_id=None)
    return told.select_related("alias").order_by("first_seen_at", "pk")


def open_sightings(
    partner_id: str, *, at: datetime, after: UUID | None = None, limit: int = PAGE
) -> list[Sighting]:
    """What a partner has not finally answered; it has seen them from now on.

    At most `limit` of them, after the sighting `after`.  Raises Refused `sighting.none`.
    """
    waiting = told_to(partner_id).filter(explained_at=None, answer__in=["", "investigating"])
    return _tell(waiting, partner_id, after, limit, at)


def every_sighting(
    partner_id: str, *, at: datetime, after: UUID | None = None, limit: int = PAGE
) -> list[Sighting]:
    """The same, whatever became of them."""
    return _tell(told_to(partner_id), partner_id, after, limit, at)


def one_sighting(sighting_id: UUID, *, partner_id: str, at: datetime) -> Sighting:
    """One of them, seen from now on; raises Refused `sighting.none`."""
    row = told_to(partner_id).filter(pk=sighting_id).first()
    if row is None:
        raise _none(sighting_id, partner_id)
    return _seen([row], at)[0]


def grade_told(row: Sighting) -> Grade:
    """The grade as the partner is told it: a decoy is graded as if it were none."""
    if row.grade != Grade.DECOY:
        return Grade(row.grade)
    ended_at = row.alias.ended_at
    if ended_at is not None and ended_at <= row.first_seen_at:
        return Grade.UNBOUND
    return Grade.OTHER if row.authenticated_as else Grade.UNAUTHENTICATED


def answer(
    sighting_id: UUID, *, partner_id: str, code: str, note: str, actor: ActorId, at: datetime
) -> Sighting:
    """Keep the partner's answer; the same again changes nothing, another one stands beside it.

    Raises Invalid `answer.code` or `answer.note`, Refused `answer.personal` for a note with a
    number or an address in it, Refused `sighting.none` for another's sighting.
    """
    _check(code, note)
    with transaction.atomic():
        if not told_to(partner_id).filter(pk=sighting_id).exists():
            raise _none(sighting_id, partner_id)
        row = Sighting.objects.select_for_update(of=("self",)).get(pk=sighting_id)
        if (row.answer, row.answer_note) != (code, note):
            row.answer, row.answer_note, row.answered_at, row.answered_by = code, note, at, actor
            row.told_at = row.told_at or at
            row.save()
            SightingAnswer.objects.create(sighting=row, code=code, note=note, actor=actor, at=at)
        if code in OWN and row.authenticated_as:
            domain = row.authenticated_as
            propose_sender(partner_id, domain, relation=ANSWER, related_to="", at=at)
    return row


def _check(code: str, note: str) -> None:
    if code not in ANSWERS:
        raise Invalid(code="answer.code", reason="not an answer of the list", field="answer")
    if len(note) > NOTE_CHARACTERS or _CONTROL.search(note):
        raise Invalid(
            code="answer.note", reason="the note is too long, or not one line of text", field="note"
        )
    if _PERSONAL.search(note):
        raise Refused(
            code="answer.personal",
            reason="the note holds a number or an address, and is kept and shown in clear",
            remedy="leave them out; the sighting says what it is about",
        )


def _tell(
    rows: QuerySet[Sighting], partner_id: str, after: UUID | None, limit: int, at: datetime
) -> list[Sighting]:
    if after is not None:
        last = Sighting.objects.filter(pk=after, partner_id=partner_id).first()
        if last is None:
            raise _none(after, partner_id)
        later = Q(first_seen_at__gt=last.first_seen_at)
        rows = rows.filter(later | Q(first_seen_at=last.first_seen_at, pk__gt=last.pk))
    return _seen(list(rows[:limit]), at)


def _seen(rows: list[Sighting], at: datetime) -> list[Sighting]:
    fresh = [each for each in rows if each.told_at is None]
    if fresh:
        untold = Sighting.objects.filter(pk__in=[each.pk for each in fresh], told_at=None)
        untold.update(told_at=at)
    for each in fresh:
        each.told_at = at
    return rows


def _none(sighting_id: UUID, partner_id: str) -> Refused:
    return Refused(
        code="sighting.none",
        reason=f"sighting {sighting_id} is not about what {partner_id} was given",
        remedy="list the open ones first",
    )
