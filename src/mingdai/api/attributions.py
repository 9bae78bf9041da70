"""Results of attributions for the partner they name: it sees its own first, and answers.

It learns how strong the evidence is and when the list was found; never which address, spelling or
record of the list it was: what marks a copy would be known to whoever wants to remove it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from mingdai.api.admitting import partner_of
from mingdai.api.repeating import answer_once
from mingdai.api.shapes import AttributionsOut, ResultAnswerIn, Taken
from mingdai.cases.answering import answer_result, open_results
from mingdai.cases.models import Answer
from mingdai.words import ActorId

router = Router()


@router.get("/attributions", response=AttributionsOut)
def list_attributions(request: HttpRequest) -> dict[str, object]:
    """Found lists that hold a copy given to you and that you have not finally answered."""
    rows = open_results(partner_of(request).pk, at=timezone.now())
    return {"attributions": [describe_result(each) for each in rows]}


@router.post("/attributions/{uuid:attribution_id}/answer", response=Taken)
def answer_attribution(
    request: HttpRequest, attribution_id: UUID, body: ResultAnswerIn
) -> HttpResponse:
    """Answer one, or answer it anew; the answer stands beside the result."""
    partner, now = partner_of(request), timezone.now()

    def act() -> dict[str, object]:
        answer_result(
            attribution_id,
            partner_id=partner.pk,
            code=body.answer,
            note=body.note,
            actor=ActorId(f"partner:{partner.pk}"),
            at=now,
        )
        return {"taken": True}

    return answer_once(request, partner, at=now, act=act)


def describe_result(row: Answer) -> dict[str, object]:
    """What a partner is told of the result that names it."""
    found, result = row.attribution.found_list, row.attribution.result
    mine = [each for each in result["evidence"] if each["partner"] == row.recipient_id]
    by_design: list[dict[str, Any]] = [each for each in mine if each["by_design"]]
    held = result["inputs"].get("listed_and_held", {})
    return {
        "attribution_id": row.attribution_id,
        "case": found.case.number,
        "found_at": found.found_at,
        "rows": result["rows"],
        "matched": result["matched"],
        "yours": int(held.get(row.recipient_id, 0)),
        "bits": round(max((each["bits"] for each in by_design), default=0.0), 1),
        "p_value": min((each["p_value"] for each in by_design), default=1.0),
        "family_error": result["family_error"],
        "always_candidates": result["always_candidates"],
        "due_at": row.due_at,
        "told_at": row.told_at,
        "answer": row.code,
        "note": row.note,
        "answered_at": row.answered_at,
    }
