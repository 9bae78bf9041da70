"""Who may call: the partner whose live key the call carries; every answer says the version.

`Mingdai-Version` may be left out; another version than ours is refused rather than misread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.security import HttpBearer

from mingdai.api.limiting import Allowance, count_call
from mingdai.api.problems import problem
from mingdai.partners.admitting import admit
from mingdai.partners.models import Partner

VERSION = "2026-11-01"
HEADER = "Mingdai-Version"
MAX_BODY_BYTES = 1_000_000


class PartnerKey(HttpBearer):
    """`Authorization: Bearer mk_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Partner | None:
        """The partner; the call is counted against its quota."""
        now = timezone.now()
        partner = admit(token, at=now)
        if partner is not None:
            request.allowance = count_call(partner, at=now)  # type: ignore[attr-defined]
        return partner


def with_headers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Check the version and the size, and put version and allowance on every answer."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        response = _refusal(request) or view(request, *args, **kwargs)
        response[HEADER] = VERSION
        response["Cache-Control"] = "no-store"
        allowance = getattr(request, "allowance", None)
        if isinstance(allowance, Allowance):
            for name, value in allowance.headers().items():
                response[name] = value
            if response.status_code == 429:
                response["Retry-After"] = str(allowance.reset_s)
        return response

    return wrapped


def within_quota(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse a call beyond the partner's quota, once the partner is known."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        allowance = getattr(request, "allowance", None)
        if isinstance(allowance, Allowance) and allowance.exceeded:
            return problem(429, "rate.exceeded", f"wait {allowance.reset_s} seconds")
        return view(request, *args, **kwargs)

    return wrapped


def partner_of(request: HttpRequest) -> Partner:
    """The partner that was admitted."""
    partner = request.auth  # type: ignore[attr-defined]
    if not isinstance(partner, Partner):
        raise TypeError("the call was not admitted")
    return partner


def _refusal(request: HttpRequest) -> HttpResponse | None:
    asked = request.headers.get(HEADER, VERSION)
    if asked != VERSION:
        return problem(400, "version.unknown", f"this platform speaks {VERSION}")
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
        return problem(413, "request.too_large", f"a body has at most {MAX_BODY_BYTES} bytes")
    return None
