"""工单: see them.  A ticket shows which fields it is about; masked previews only to its assignee.

Operators see what they opened and what is assigned to them, compliance officers see all.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mingdai.accounts.models import Staff, Ticket
from mingdai.gate.models import Disclosure
from mingdai.vault.keeping import previews
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff

SHOWN = 100


@require_safe
@needs_staff(Power.TICKETS)
def show_tickets(request: StaffRequest) -> HttpResponse:
    """The tickets this employee may see; `?show=closed` for those that ended."""
    now = timezone.now()
    closed = request.GET.get("show") == "closed"
    rows = visible(request).select_related("assignee")
    rows = rows.exclude(is_open(now)) if closed else rows.filter(is_open(now))
    context = {
        "tab": "tickets",
        "tickets": rows.order_by("-opened_at", "pk")[:SHOWN],
        "closed": closed,
        "shown": SHOWN,
    }
    return render(request, "console/tickets.html", context)


@require_safe
@needs_staff(Power.TICKETS)
def show_ticket(request: StaffRequest, ticket_id: UUID) -> HttpResponse:
    """One ticket, what was read on it, and what this employee may do with it."""
    ticket = find(request, ticket_id)
    now = timezone.now()
    open_now = ticket.closed_at is None and ticket.closes_at > now
    mine = ticket.assignee_id == request.staff.pk
    masked = previews(ticket.borrower) if mine and open_now else {}
    context = {
        "tab": "tickets",
        "ticket": ticket,
        "is_open": open_now,
        "is_mine": mine,
        "opened_by": opener_of(ticket),
        "fields": [(code, masked.get(code, "")) for code in ticket.fields],
        "reads": Disclosure.objects.filter(ticket=ticket).select_related("entry").order_by("pk"),
        "assignable": _assignable() if Power.ASSIGN in request.powers else [],
    }
    return render(request, "console/ticket.html", context)


def find(request: StaffRequest, ticket_id: UUID) -> Ticket:
    """The ticket, if this employee may see it; raises Http404."""
    rows = visible(request).select_related("assignee", "borrower")
    return get_object_or_404(rows, pk=ticket_id)


def visible(request: StaffRequest) -> QuerySet[Ticket]:
    """The tickets this employee may see."""
    rows = Ticket.objects.all()
    if Power.ASSIGN in request.powers:
        return rows
    return rows.filter(Q(assignee=request.staff) | Q(opened_by=actor_of(request.staff)))


def is_open(at: datetime) -> Q:
    """Whether a ticket is open at `at`."""
    return Q(closed_at=None, closes_at__gt=at)


def opener_of(ticket: Ticket) -> str:
    """The log-in of the employee who opened it, else the actor as recorded."""
    try:
        who = UUID(ticket.opened_by.removeprefix("staff:"))
    except ValueError:
        return ticket.opened_by
    login = Staff.objects.filter(pk=who).values_list("login", flat=True).first()
    return login or ticket.opened_by


def _assignable() -> QuerySet[Staff]:
    able = Staff.objects.filter(is_active=True).exclude(role=Staff.Role.AUDITOR)
    return able.order_by("login")
