"""Who works here: console pages let in an employee whose role has the power, and nobody else.

The role is read anew on every request.  What an employee sees stays out of every cache.  Which role
has which power: docs/decisions/0091-who-may-do-what.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from mingdai.accounts.entering import staff_of
from mingdai.accounts.models import Staff
from mingdai.errors import MingdaiError
from mingdai.web.errors import status_of
from mingdai.words import ActorId

logger = logging.getLogger(__name__)
Given = ParamSpec("Given")


class Power(StrEnum):
    """What a page or a verb needs."""

    SEE = "see"
    """Counts, states and proofs; no person, however named."""
    FOLLOW = "follow"
    """Which application and which employee stands behind a disclosure."""
    DELIVER = "deliver"
    """Send dead letters again, or give them up."""
    TICKETS = "tickets"
    """Open tickets, and read on those assigned to oneself."""
    ASSIGN = "assign"
    """See every ticket, assign and close it."""
    GOVERN = "govern"
    """Suspend and activate partners."""
    AUDIT = "audit"
    """Order and cancel audits, open their evidence."""
    SIGHTINGS = "sightings"
    """Follow sightings up, decide which senders a partner is expected to use."""
    CASES = "cases"
    """Open cases, take found lists in, ask for and approve attributions, read their results."""


_WORKING = frozenset({Power.SEE, Power.FOLLOW, Power.DELIVER, Power.TICKETS})

POWERS: dict[str, frozenset[Power]] = {
    Staff.Role.OPERATOR: _WORKING,
    Staff.Role.COMPLIANCE: _WORKING
    | {Power.ASSIGN, Power.GOVERN, Power.AUDIT, Power.CASES, Power.SIGHTINGS},
    Staff.Role.AUDITOR: frozenset({Power.SEE, Power.AUDIT}),
}
"""Role -> powers; a role that is not here has none."""


class StaffRequest(HttpRequest):
    """A request whose employee is known; `needs_staff` makes them."""

    staff: Staff
    powers: frozenset[Power]


Page = Callable[Concatenate[StaffRequest, Given], HttpResponse]
Guarded = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def needs_staff(power: Power) -> Callable[[Page[Given]], Guarded[Given]]:
    """Let only employees in whose role has `power`; a refusal becomes a console page."""

    def guard(view: Page[Given]) -> Guarded[Given]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs
        ) -> HttpResponse:
            staff = staff_of(request.session)
            if staff is None:
                return _to_sign_in(request)
            known = _know(request, staff)
            answer = (
                _answer(view, known, *args, **kwargs)
                if power in known.powers
                else show_problem(request, status=403, code="staff.not_your_role")
            )
            add_never_cache_headers(answer)
            return answer

        return guarded

    return guard


def show_problem(request: HttpRequest, *, status: int, code: str) -> HttpResponse:
    """The console's page for a no, with `code`'s sentence."""
    return render(request, "console/problem.html", {"status": status, "code": code}, status=status)


def actor_of(staff: Staff) -> ActorId:
    """The employee as records name them."""
    return ActorId(f"staff:{staff.pk}")


def safe_next(request: HttpRequest, given: str) -> str:
    """`given` where it is a console page, otherwise the overview."""
    home = reverse("console")
    local = url_has_allowed_host_and_scheme(given, {request.get_host()}, request.is_secure())
    return given if local and given.startswith(home) else home


def _know(request: HttpRequest, staff: Staff) -> StaffRequest:
    request.staff = staff  # type: ignore[attr-defined]
    request.powers = POWERS.get(staff.role, frozenset())  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]


def _answer(
    view: Page[Given], request: StaffRequest, *args: Given.args, **kwargs: Given.kwargs
) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return show_problem(request, status=404, code="console.not_found")
    except MingdaiError as problem:
        status = status_of(problem)
        logger.log(logging.ERROR if status >= 500 else logging.INFO, "%s", problem.code)
        return show_problem(request, status=status, code=problem.code)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else reverse("console")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse("console-sign-in")})
    return HttpResponseRedirect(f"{reverse('console-sign-in')}?{urlencode({'next': back})}")
