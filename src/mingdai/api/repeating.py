"""Idempotency keys: a call repeated under its key gets the first answer and changes nothing.

Follows draft-ietf-httpapi-idempotency-key-header.  Only good answers are remembered, for two days.
A key is the partner's own; the same key over another request is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from mingdai.errors import Invalid, Refused
from mingdai.partners.models import ApiCall, Partner

LONGEST_KEY = 80


def answer_once(
    request: HttpRequest,
    partner: Partner,
    *,
    at: datetime,
    act: Callable[[], dict[str, object]],
    secret: frozenset[str] = frozenset(),
) -> HttpResponse:
    """Do `act` and remember its answer under the request's `Idempotency-Key`, if it has one.

    An answer with any member of `secret` is remembered without its content: a repeat is refused.
    Raises Invalid `idempotency.key`, Refused `idempotency.other_request` or
    `idempotency.shown_once`.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return JsonResponse(act())
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Invalid(code="idempotency.key", reason="the key is too long or not plain text")
    with transaction.atomic():
        call, first = ApiCall.objects.get_or_create(
            partner=partner, key=key, defaults={"digest": _digest(request), "called_at": at}
        )
        if not first:
            return _again(call, request)
        answer = act()
        call.status = 200
        call.answer = None if secret & answer.keys() else answer
        call.save(update_fields=["status", "answer"])
    return JsonResponse(answer)


def _again(call: ApiCall, request: HttpRequest) -> HttpResponse:
    if bytes(call.digest) != _digest(request):
        raise Refused(
            code="idempotency.other_request", reason="the key was used for another request"
        )
    if call.answer is None:
        raise Refused(
            code="idempotency.shown_once", reason="the answer held a secret and is not shown again"
        )
    response = JsonResponse(call.answer)
    response["Idempotency-Replayed"] = "true"
    return response


def _digest(request: HttpRequest) -> bytes:
    head = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(head + request.body).digest()
