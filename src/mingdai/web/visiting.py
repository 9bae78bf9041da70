"""Who is looking: pages for a logged-in borrower let nobody else in and stay out of every cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from mingdai.accounts.entering import borrower_of
from mingdai.accounts.models import Borrower

Given = ParamSpec("Given")


class BorrowerRequest(HttpRequest):
    """A request whose borrower is known; `needs_borrower` makes them."""

    borrower: Borrower


def needs_borrower(
    view: Callable[Concatenate[BorrowerRequest, Given], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponse]:
    """Let only a logged-in borrower in, and keep what they see out of every cache."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        borrower = borrower_of(request.session)
        if borrower is None:
            return _to_login(request)
        request.borrower = borrower  # type: ignore[attr-defined]
        answer = view(request, *args, **kwargs)  # type: ignore[arg-type]
        add_never_cache_headers(answer)
        return answer

    return guarded


def safe_next(request: HttpRequest, given: str) -> str:
    """`given` where it is a path of this site, otherwise the applications page."""
    if url_has_allowed_host_and_scheme(given, {request.get_host()}, request.is_secure()):
        return given
    return reverse("applications")


def _to_login(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else request.path
    return HttpResponseRedirect(f"{reverse('login')}?{urlencode({'next': back})}")
