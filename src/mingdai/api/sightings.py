"""Sightings for the partner whose copy it was: list, read, answer; and the senders it is known by.

The platform sends no notice of a sighting: a partner asks, as often as it likes within its quota
(docs/decisions/0150).  What it was shown counts as told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from mingdai.api.admitting import partner_of
from mingdai.api.repeating import answer_once
from mingdai.api.shapes import (
    AnswerIn,
    AnswerOut,
    SenderIn,
    SenderOut,
    SendersOut,
    SightingOut,
    SightingsOut,
)
from mingdai.gate.aliasing import address
from mingdai.trace.answering import (
    OWN,
    answer,
    every_sighting,
    grade_told,
    one_sighting,
    open_sightings,
)
from mingdai.trace.expecting import name_sender, senders_of
from mingdai.trace.models import ExpectedSender, Sighting
from mingdai.words import ActorId

LONGEST_PAGE = 100
RESULTS = ("spf", "dkim", "dmarc")

router = Router()
Limit = Annotated[int, Query(ge=1, le=LONGEST_PAGE)]


@router.get("/sightings", response=SightingsOut)
def list_sightings(
    request: HttpRequest,
    state: Literal["open", "all"] = "open",
    after: UUID | None = None,
    limit: Limit = 50,
) -> dict[str, object]:
    """Sightings about addresses you were given: what you have not finally answered, or all."""
    find = open_sightings if state == "open" else every_sighting
    partner = partner_of(request)
    rows = find(partner.pk, at=timezone.now(), after=after, limit=limit)
    following = str(rows[-1].pk) if len(rows) == limit else ""
    return {"sightings": [describe_sighting(each) for each in rows], "next": following}


@router.get("/sightings/{uuid:sighting_id}", response=SightingOut)
def read_sighting(request: HttpRequest, sighting_id: UUID) -> dict[str, object]:
    """One of them."""
    partner = partner_of(request)
    row = one_sighting(sighting_id, partner_id=partner.pk, at=timezone.now())
    return describe_sighting(row)


@router.post("/sightings/{uuid:sighting_id}/answer", response=AnswerOut)
def answer_sighting(request: HttpRequest, sighting_id: UUID, body: AnswerIn) -> HttpResponse:
    """Answer one, or answer it anew; naming a sender as yours proposes it as an expected one."""
    partner, now = partner_of(request), timezone.now()

    def act() -> dict[str, object]:
        row = answer(
            sighting_id,
            partner_id=partner.pk,
            code=body.answer,
            note=body.note,
            actor=ActorId(f"partner:{partner.pk}"),
            at=now,
        )
        return {"taken": True, "proposed": row.authenticated_as if body.answer in OWN else ""}

    return answer_once(request, partner, at=now, act=act)


@router.get("/senders", response=SendersOut)
def list_senders(request: HttpRequest) -> dict[str, object]:
    """The domains and numbers you are expected to use, and those that wait for a decision."""
    rows = senders_of(partner_of(request).pk)
    return {"senders": [describe_sender(each) for each in rows]}


@router.post("/senders", response=SenderOut)
def propose_sender(request: HttpRequest, body: SenderIn) -> HttpResponse:
    """Name a domain you write from; it counts once an employee of the platform confirmed it."""
    partner, now = partner_of(request), timezone.now()
    return answer_once(
        request,
        partner,
        at=now,
        act=lambda: describe_sender(name_sender(partner.pk, body.domain, at=now)),
    )


def describe_sighting(row: Sighting) -> dict[str, object]:
    """A sighting as its partner sees it: ids, domains, results and times."""
    return {
        "sighting_id": row.pk,
        "application_id": row.alias.application_id,
        "disclosure_id": row.given_id,  # type: ignore[attr-defined]  # annotated by `told_to`
        "given_at": row.given_at,  # type: ignore[attr-defined]  # annotated by `told_to`
        "channel": row.channel,
        "address": "" if row.alias.ended_at else address(row.alias),
        "seen": _seen(row),
        "told_at": row.told_at,
        "answer": row.answer,
        "note": row.answer_note,
        "answered_at": row.answered_at,
        "explained_at": row.explained_at,
    }


def describe_sender(row: ExpectedSender) -> dict[str, object]:
    """An expected sender, in JSON's own words."""
    return {
        "channel": str(row.channel),
        "domain": row.domain,
        "state": str(row.state),
        "proposed_at": _iso(row.proposed_at),
        "decided_at": _iso(row.decided_at) if row.decided_at else None,
    }


def _seen(row: Sighting) -> dict[str, object]:
    found = row.verdict or {}  # type: ignore[attr-defined]  # annotated by `told_to`
    return {
        "grade": str(grade_told(row)),
        "sender_domain": row.sender_domain,
        "authenticated_as": row.authenticated_as,
        **{name: str(found.get(name, "")) for name in RESULTS},
        "signed_by": [str(each) for each in found.get("signed_by", ())],
        "first_seen_at": row.first_seen_at,
        "last_seen_at": row.last_seen_at,
        "count": row.count,
    }


def _iso(at: datetime) -> str:
    return at.isoformat()
