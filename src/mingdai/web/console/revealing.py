"""Reveal one field on an assigned ticket: confirm, then see it once.

The value is in the answer to a POST and nowhere else: no address, session, cache or log holds it,
and the browser is sent away from it after `SHOWN_S`.  The gate decides and records; the borrower
sees that it happened.  A confirmation works once, so that a reload reads nothing again.
Not promised: that nobody photographs a screen.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods

from mingdai.accounts.models import Ticket
from mingdai.gate.disclosing import read_for_staff
from mingdai.web.console.admitting import Power, StaffRequest, needs_staff
from mingdai.web.console.telling import tell
from mingdai.web.console.tickets import find

SHOWN_S = 30
"""Seconds a value stays on the page."""

_CONFIRMING = "confirming"


@require_http_methods(["GET", "POST"])
@needs_staff(Power.TICKETS)
def reveal(request: StaffRequest, ticket_id: UUID, code: str) -> HttpResponse:
    """The confirmation, and the value."""
    ticket = find(request, ticket_id)
    if request.method != "POST":
        return _confirm(request, ticket, code)
    given = str(request.session.pop(_CONFIRMING, ""))
    asked = f"{ticket.pk}:{code}:{request.POST.get('once', '')}"
    if not given or not constant_time_compare(given, asked):
        messages.error(request, tell("reveal.stale"))
        return redirect("console-reveal", ticket.pk, code)
    value = read_for_staff(ticket, staff_id=request.staff.pk, code=code, at=timezone.now())
    context = {"tab": "tickets", "ticket": ticket, "code": code, "value": value, "shown_s": SHOWN_S}
    answer = render(request, "console/revealed.html", context)
    answer["Refresh"] = f"{SHOWN_S}; url={reverse('console-ticket', args=[ticket.pk])}"
    return answer


def _confirm(request: StaffRequest, ticket: Ticket, code: str) -> HttpResponse:
    if code not in ticket.fields:
        return redirect("console-ticket", ticket.pk)
    once = secrets.token_hex(16)
    request.session[_CONFIRMING] = f"{ticket.pk}:{code}:{once}"
    context = {"tab": "tickets", "ticket": ticket, "code": code, "once": once, "shown_s": SHOWN_S}
    return render(request, "console/reveal.html", context)
