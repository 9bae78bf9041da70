"""Errors as problem documents (RFC 9457) with a stable `code`; never a value, never a trace.

`type` is `about:blank`: the code is what a program reads, docs/api.md lists the codes.
"""

from __future__ import annotations

import json
import logging

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mingdai.errors import Invalid, MingdaiError, Refused, Unavailable

CONTENT_TYPE = "application/problem+json"

logger = logging.getLogger("mingdai.api")

TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    404: "Not found",
    409: "Conflict",
    413: "Content too large",
    422: "Not acceptable as it is",
    429: "Too many requests",
    500: "Our fault",
    503: "Try again later",
}

STATUS_BY_CODE = {
    "event.unknown_application": 404,
    "sighting.none": 404,
    "answer.none": 404,
    "event.too_large": 413,
    "webhook.no_secret": 401,
    "webhook.malformed": 401,
    "webhook.signature": 401,
    "webhook.stale": 401,
    "countersignature.flawed": 409,
    "acknowledgement.flawed": 409,
}
"""Statuses of codes that the kind of error does not tell."""


def problem(status: int, code: str, detail: str = "", *, field: str = "") -> HttpResponse:
    """A problem document; `field` names the input at fault."""
    body = {"type": "about:blank", "title": TITLES[status], "status": status, "code": code}
    if detail:
        body["detail"] = detail
    if field:
        body["field"] = field
    response = HttpResponse(json.dumps(body), status=status, content_type=CONTENT_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def problem_of(error: Exception) -> HttpResponse:
    """The problem document of anything that went wrong in a call."""
    if isinstance(error, MingdaiError):
        field = error.field if isinstance(error, Invalid) else ""
        return problem(_status_of(error), error.code, error.reason, field=field)
    if isinstance(error, ValidationError):
        return problem(422, "request.invalid", "the request is not as documented")
    if isinstance(error, AuthenticationError):
        return problem(401, "key.unknown", "send `Authorization: Bearer <key>`")
    if isinstance(error, Http404):
        return problem(404, "not_found", "there is no such thing, or it is not yours")
    if isinstance(error, RequestDataTooBig):
        return problem(413, "request.too_large", "the body is too large")
    if isinstance(error, HttpError) and error.status_code in TITLES:
        return problem(error.status_code, "request.invalid", "the request cannot be read")
    logger.error("unforeseen %s", type(error).__name__, exc_info=error)
    return problem(500, "our_fault", "this was recorded; try again later")


def answer_error(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The same, as ninja calls it."""
    return problem_of(error if isinstance(error, Exception) else error())


@csrf_exempt
def no_such_call(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The answer to any other address under `/api/`."""
    return problem(404, "not_found", "there is no such call: see /api/docs")


def _status_of(error: MingdaiError) -> int:
    known = STATUS_BY_CODE.get(error.code)
    if known is not None:
        return known
    if isinstance(error, Invalid):
        return 422
    if isinstance(error, Refused):
        return 409
    return 503 if isinstance(error, Unavailable) else 500
