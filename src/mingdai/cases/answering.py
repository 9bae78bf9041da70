"""Let whoever a result names see it first and answer; the answer stands beside the result.

Partners ask for theirs by the API.  What an employee says, or a partner by letter, an officer
records.  An answer is kept as given; a later one replaces it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mingdai.cases.models import Answer
from mingdai.errors import Invalid, Refused
from mingdai.words import ActorId

ANSWERS = ("our_leak", "our_processor", "not_ours", "investigating")
"""What may be answered."""

NOTE_CHARACTERS = 500


def open_results(partner_id: str, *, at: datetime) -> list[Answer]:
    """The results that name a partner and that it has not finally answered, oldest first.

    It has seen them from now on.
    """
    rows = Answer.objects.filter(partner_id=partner_id, code__in=["", "investigating"])
    rows.filter(told_at=None).update(told_at=at)
    return list(rows.select_related("attribution__found_list__case").order_by("pk"))


def answer_result(
    attribution_id: UUID, *, partner_id: str, code: str, note: str, actor: ActorId, at: datetime
) -> Answer:
    """Keep the partner's own answer.

    Raises Invalid `answer.code` or `answer.note`, Refused `answer.none` for another's result.
    """
    with transaction.atomic():
        rows = Answer.objects.select_for_update(of=("self",))
        row = rows.filter(attribution_id=attribution_id, partner_id=partner_id).first()
        if row is None:
            raise Refused(
                code="answer.none",
                reason=f"attribution {attribution_id} does not name {partner_id}",
                remedy="list the open ones first",
            )
        return record_answer(row, code=code, note=note, actor=actor, at=at)


def record_answer(row: Answer, *, code: str, note: str, actor: ActorId, at: datetime) -> Answer:
    """Keep an answer; raises Invalid `answer.code` or `answer.note`."""
    if code not in ANSWERS:
        raise Invalid(code="answer.code", reason="not an answer of the list", field="answer")
    if len(note) > NOTE_CHARACTERS:
        raise Invalid(code="answer.note", reason="the note is too long", field="note")
    row.code, row.note, row.answered_at, row.answered_by = code, note, at, actor
    row.told_at = row.told_at or at
    row.save(update_fields=["code", "note", "answered_at", "answered_by", "told_at"])
    return row
