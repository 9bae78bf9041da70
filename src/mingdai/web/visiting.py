"""Who is looking: a borrower's session holds their id and a key of this log-in, nothing else.

The log-in key tells one log-in's own view from another's (one ledger entry for each); it opens
nothing.  Not promised: that the device is the borrower's.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from mingdai.accounts.models import Borrower

Given = ParamSpec("Given")
BORROWER, LOGIN_KEY = "borrower", "login_key"


class BorrowerRequest(HttpRequest):
    """A request whose borrower is known; `needs_borrower` makes them."""

    borrower: Borrower


def enter(request: HttpRequest, borrower: Borrower) -> None:
    """Begin a session for `borrower` under a new session id."""
    request.session.flush()
    request.session[BORROWER] = str(borrower.pk)
    request.session[LOGIN_KEY] = secrets.token_hex(16)


def leave(request: HttpRequest) -> None:
    """End the session and forget it on the server."""
    request.session.flush()


def borrower_of(request: HttpRequest) -> Borrower | None:
    """The borrower of this session, or None; an erased borrower has no session."""
    known = request.session.get(BORROWER)
    if known is None:
        return None
    return Borrower.objects.filter(pk=UUID(known), erased_at=None).first()


def login_key_of(request: HttpRequest) -> str:
    """The key of this log-in, "" outside one."""
    return str(request.session.get(LOGIN_KEY, ""))


def safe_next(request: HttpRequest, given: str) -> str:
    """`given` where it is a path of this site, otherwise the applications page."""
    if url_has_allowed_host_and_scheme(given, {request.get_host()}, request.is_secure()):
        return given
    return reverse("applications")


def needs_borrower(
    view: Callable[Concatenate[BorrowerRequest, Given], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponse]:
    """Let only a logged-in borrower in, and keep what they see out of every cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        borrower = borrower_of(request)
        if borrower is None:
            return _to_login(request)
        request.borrower = borrower  # type: ignore[attr-defined]
        answer = view(request, *args, **kwargs)  # type: ignore[arg-type]
        add_never_cache_headers(answer)
        return answer

    return guarded


def _to_login(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else request.path
    return HttpResponseRedirect(f"{reverse('login')}?{urlencode({'next': back})}")
