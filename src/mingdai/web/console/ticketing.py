"""Open, assign and close tickets.  Reading always takes two people: docs/decisions/0091."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingdai.accounts.models import Staff, Ticket
from mingdai.accounts.ticketing import TicketRequest, assign_ticket, close_ticket, open_ticket
from mingdai.errors import Invalid, Refused
from mingdai.loans.models import Application
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff
from mingdai.web.console.tickets import find
from mingdai.words import FIELDS

PERSONAL = re.compile(r"[0-9０-９]{6,}|@|＠")
"""What a number, an ID or an address looks like; a reason is kept in clear and must hold none."""


@require_http_methods(["GET", "POST"])
@needs_staff(Power.TICKETS)
def open_one(request: StaffRequest) -> HttpResponse:
    """The form, and its answer."""
    if request.method != "POST":
        return _form(request, {"application": request.GET.get("application", "")[:36]})
    try:
        ticket = _open(request)
    except Invalid as problem:
        typed = {
            "application": request.POST.get("application", "")[:36],
            "reason": request.POST.get("reason", "")[:200],
            "chosen": request.POST.getlist("fields"),
        }
        return _form(request, {**typed, "problem": problem}, status=422)
    messages.success(request, _("工单已开，等待合规人员分配。"))
    return redirect("console-ticket", ticket.pk)


@require_POST
@needs_staff(Power.ASSIGN)
def assign(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """Give the ticket to an employee."""
    ticket = find(request, ticket_id)
    to = get_object_or_404(Staff, login=request.POST.get("login", ""))
    if to.pk == request.staff.pk and ticket.opened_by == actor_of(request.staff):
        raise Refused(
            code="ticket.two_people",
            reason=f"staff {to.pk} opened ticket {ticket.pk} and would read on it alone",
            remedy="assign somebody else, or let somebody else assign it",
        )
    assign_ticket(ticket, to, at=timezone.now())
    messages.success(request, _("已分配给 %(login)s。") % {"login": to.login})
    return redirect("console-ticket", ticket.pk)


@require_POST
@needs_staff(Power.TICKETS)
def close(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """Close the ticket; nothing is read on it any more."""
    ticket = find(request, ticket_id)
    close_ticket(ticket, at=timezone.now())
    messages.success(request, _("工单已关闭。"))
    return redirect("console-ticket", ticket.pk)


def _open(request: StaffRequest) -> Ticket:
    reason = request.POST.get("reason", "").strip()
    if PERSONAL.search(reason):
        raise Invalid(
            code="ticket.reason_personal", reason="the reason holds a number", field="reason"
        )
    application = _application(request.POST.get("application", ""))
    wanted = TicketRequest(
        subject_kind="application",
        subject_id=application.pk,
        fields=request.POST.getlist("fields"),
        reason=reason,
        opened_by=actor_of(request.staff),
    )
    return open_ticket(application.borrower, wanted, at=timezone.now())


def _application(text: str) -> Application:
    try:
        found = Application.objects.select_related("borrower").filter(pk=UUID(text.strip())).first()
    except ValueError:
        found = None
    if found is None:
        raise Invalid(
            code="ticket.subject_id", reason="there is no such application", field="application"
        )
    return found


def _form(request: StaffRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    shown = {"tab": "tickets", "catalogue": [each.code for each in FIELDS], **context}
    return render(request, "console/ticket_open.html", shown, status=status)
