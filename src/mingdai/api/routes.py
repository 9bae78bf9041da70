"""The API for lenders under `/api/`: REST, OpenAPI 3.1, problem documents, keys per lender.

URLs hold opaque ids only.  Every POST may be repeated: under its `Idempotency-Key`, and because
what it does is done once.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from mingdai.api.admitting import VERSION, PartnerKey, partner_of, with_headers, within_quota
from mingdai.api.attributions import router as attributions
from mingdai.api.describing import EVENT_BODY, POLICY_ANSWER, complete
from mingdai.api.problems import answer_error
from mingdai.api.repeating import answer_once
from mingdai.api.shapes import (
    AcknowledgementIn,
    ApplicationOut,
    CountersignatureIn,
    EventOut,
    KeyOut,
    Me,
    Taken,
)
from mingdai.api.showing import describe_application, describe_me
from mingdai.api.sightings import router as sightings
from mingdai.gate.delivering import take_acknowledgement, take_countersignature
from mingdai.gate.models import Disclosure, Notice
from mingdai.ledger.keys import policy_text
from mingdai.loans.intaking import take
from mingdai.loans.models import Application
from mingdai.loans.vouching import verify_event
from mingdai.partners.admitting import ROTATION_OVERLAP, rotate
from mingdai.words import ActorId

SECRET = frozenset({"key"})


class LenderApi(NinjaAPI):
    """ninja's API with our problem documents in its description."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The completed OpenAPI document."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        complete(schema)
        return schema


api = LenderApi(
    title="mingdai: lenders' API",
    version=VERSION,
    description="docs/api.md walks through every call.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    auth=PartnerKey(),
)
api.add_decorator(with_headers, mode="view")
api.add_decorator(within_quota)
for _kind in (Exception, AuthenticationError, Http404, HttpError, ValidationError):
    api.add_exception_handler(_kind, answer_error)
api.add_router("", sightings)
api.add_router("", attributions)


@api.get("/me", response=Me)
def read_me(request: HttpRequest) -> dict[str, object]:
    """Whom the key belongs to."""
    return describe_me(partner_of(request), at=timezone.now())


@api.get("/applications/{uuid:application_id}", response=ApplicationOut)
def read_application(request: HttpRequest, application_id: UUID) -> dict[str, object]:
    """How an application of yours stands."""
    row = (
        Application.objects.select_related("grant", "disclosure")
        .filter(pk=application_id, partner=partner_of(request), grant__isnull=False)
        .first()
    )
    if row is None:
        raise Http404
    return describe_application(row)


@api.post("/events", response=EventOut, openapi_extra=EVENT_BODY)
def take_event(request: HttpRequest) -> HttpResponse:
    """Tell what became of an application; signed with your webhook secret."""
    partner, now = partner_of(request), timezone.now()
    header = request.headers.get("Mingdai-Signature", "")
    event = verify_event(partner, header=header, body=request.body, at=now)

    def act() -> dict[str, object]:
        row = take(event, at=now)
        applied = not row.refused
        return {"event_id": row.event_id, "applied": applied, "refused": row.refused}

    return answer_once(request, partner, at=now, act=act)


@api.post("/applications/{uuid:application_id}/countersignature", response=Taken)
def send_countersignature(
    request: HttpRequest, application_id: UUID, body: CountersignatureIn
) -> HttpResponse:
    """Hand in a counter-signature that did not travel with the first answer."""
    partner, now = partner_of(request), timezone.now()
    row = (
        Disclosure.objects.select_related("partner", "entry")
        .filter(pk=body.disclosure_id, application_id=application_id, partner=partner)
        .exclude(sent_at=None)
        .first()
    )
    if row is None:
        raise Http404
    signature = base64.b64decode(body.countersignature)

    def act() -> dict[str, object]:
        take_countersignature(row, countersignature=signature, at=now)
        return {"taken": True}

    return answer_once(request, partner, at=now, act=act)


@api.post("/notices/{uuid:notice_id}/acknowledgement", response=Taken)
def send_acknowledgement(
    request: HttpRequest, notice_id: UUID, body: AcknowledgementIn
) -> HttpResponse:
    """Hand in the acknowledgement of a deletion that did not travel with the first answer."""
    partner, now = partner_of(request), timezone.now()
    row = (
        Notice.objects.select_related("partner", "disclosure")
        .filter(pk=notice_id, partner=partner)
        .first()
    )
    if row is None:
        raise Http404
    signature = base64.b64decode(body.acknowledgement)

    def act() -> dict[str, object]:
        take_acknowledgement(row, acknowledgement=signature, at=now)
        return {"taken": True}

    return answer_once(request, partner, at=now, act=act)


@api.post("/keys", response=KeyOut)
def rotate_key(request: HttpRequest) -> HttpResponse:
    """A new API key, shown once; the older ones live on for the overlap."""
    partner, now = partner_of(request), timezone.now()

    def act() -> dict[str, object]:
        actor = ActorId(f"partner:{partner.pk}")
        key = rotate(partner, actor=actor, at=now, rng=secrets.token_bytes)
        return {"key": key, "older_end_at": (now + ROTATION_OVERLAP).isoformat()}

    return answer_once(request, partner, at=now, act=act, secret=SECRET)


@api.get("/log/policy", auth=None, openapi_extra=POLICY_ANSWER)
def read_policy(request: HttpRequest) -> HttpResponse:
    """The log's policy (C2SP tlog-policy): which log, which witnesses.  Compare, then pin it."""
    return HttpResponse(policy_text(), content_type="text/plain; charset=utf-8")


@api.get("/docs", auth=None, include_in_schema=False)
def show_docs(request: HttpRequest) -> HttpResponse:
    """The API for people, in their language, without anything from elsewhere."""
    schema = api.get_openapi_schema(path_prefix="/api/")
    calls = [
        {"method": method.upper(), "path": path, "says": operation.get("description", "")}
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]
    return render(request, "api_docs.html", {"calls": calls, "version": VERSION})
