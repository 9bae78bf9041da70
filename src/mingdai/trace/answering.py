"""Let a partner answer a sighting of the address it was given, before anybody draws conclusions.

An answer is kept as given and shown to the borrower beside the sighting.  Naming a service of its
own proposes that sender as an expected one; an employee decides.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mingdai.errors import Invalid, Refused
from mingdai.trace.expecting import ANSWER, propose_sender
from mingdai.trace.models import Sighting
from mingdai.words import ActorId

ANSWERS = ("our_service", "our_affiliate", "not_ours", "investigating")
"""What a partner may answer."""

OWN = frozenset({"our_service", "our_affiliate"})
"""Answers by which the sender is the partner's own."""

NOTE_CHARACTERS = 500


def open_sightings(partner_id: str, *, at: datetime) -> list[Sighting]:
    """What a partner has not finally answered, oldest first; it has seen them from now on."""
    rows = Sighting.objects.filter(partner_id=partner_id, explained_at=None)
    rows.filter(told_at=None).update(told_at=at)
    waiting = rows.filter(answer__in=["", "investigating"])
    return list(waiting.select_related("alias").order_by("first_seen_at", "pk"))


def answer(
    sighting_id: UUID, *, partner_id: str, code: str, note: str, actor: ActorId, at: datetime
) -> Sighting:
    """Keep the partner's answer; a later one replaces it.

    Raises Invalid `answer.code` or `answer.note`, Refused `sighting.none` for another's sighting.
    """
    if code not in ANSWERS:
        raise Invalid(code="answer.code", reason="not an answer of the list", field="answer")
    if len(note) > NOTE_CHARACTERS:
        raise Invalid(code="answer.note", reason="the note is too long", field="note")
    with transaction.atomic():
        rows = Sighting.objects.select_for_update(of=("self",))
        row = rows.filter(pk=sighting_id, partner_id=partner_id).first()
        if row is None:
            raise Refused(
                code="sighting.none",
                reason=f"sighting {sighting_id} is not about what {partner_id} was given",
                remedy="list the open ones first",
            )
        row.answer, row.answer_note, row.answered_at, row.answered_by = code, note, at, actor
        row.save(update_fields=["answer", "answer_note", "answered_at", "answered_by"])
        if code in OWN and row.authenticated_as:
            domain = row.authenticated_as
            propose_sender(partner_id, domain, relation=ANSWER, related_to="", at=at)
    return row
