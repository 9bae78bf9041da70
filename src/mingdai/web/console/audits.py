"""审计: walks of loan flows with a planted identity; watch them, read what came of it.

Every role sees that they were made and how they ended; evidence shows the planted identity and
what strangers' pages said, and needs a power of its own (docs/decisions/0093).
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingdai.accounts.models import Staff
from mingdai.audit.conducting import log_lines
from mingdai.audit.equipping import missing
from mingdai.audit.models import Audit
from mingdai.audit.ordering import evidence_of
from mingdai.audit.queueing import cancel
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.proving import covered_size
from mingdai.partners.models import Partner
from mingdai.web.console.admitting import Power, StaffRequest, needs_staff
from mingdai.web.console.audit_files import latest_picture
from mingdai.web.console.audit_telling import report_files, tell_findings, tell_steps

PAGE = 30
LINES = 40
UNHEARD = timedelta(seconds=30)
"""An order that waits longer with nothing running has nobody to walk it."""

OPEN = (Audit.State.QUEUED, Audit.State.RUNNING)


@require_safe
@needs_staff(Power.SEE)
def show_audits(request: StaffRequest) -> HttpResponse:
    """Every audit, the newest first; `?partner=` for those of one partner."""
    rows = Audit.objects.select_related("partner").order_by("-ordered_at", "pk")
    partner = Partner.objects.filter(pk=request.GET.get("partner", "")[:24]).first()
    if partner is not None:
        rows = rows.filter(partner=partner)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page", "1"))
    context = {
        "tab": "audits",
        "page": page,
        "partner": partner,
        "lacking": missing(),
        "is_unattended": _is_unattended(),
    }
    return render(request, "console/audits.html", context)


@require_safe
@needs_staff(Power.SEE)
def show_audit(request: StaffRequest, audit_id: UUID) -> HttpResponse:
    """One audit: live while it is open, then what came of it."""
    audit = _find(audit_id)
    may_look = Power.AUDIT in request.powers
    entry = LedgerEntry.objects.filter(entry_id=audit.entry_id).first() if audit.entry_id else None
    context = {
        **_progress(audit),
        "tab": "audits",
        "orderer": _login(audit),
        "may_look": may_look,
        "entry": entry,
        "is_provable": entry is not None and (entry.index or 0) < covered_size(),
        "reports": report_files(audit) if may_look else [],
        "told": tell_findings(audit) if may_look and audit.state == Audit.State.DONE else None,
        "evidence": evidence_of(audit).relative_to(settings.MINGDAI_DATA),
    }
    return render(request, "console/audit.html", context)


@require_safe
@needs_staff(Power.AUDIT)
def show_progress(request: StaffRequest, audit_id: UUID) -> HttpResponse:
    """How far it came, as a part of the page; it asks again while the audit is open."""
    context = _progress(_find(audit_id))
    answer = render(request, "console/parts/audit_progress.html", {**context, "may_look": True})
    if not context["is_open"]:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@needs_staff(Power.AUDIT)
def cancel_one(request: StaffRequest, audit_id: UUID) -> HttpResponse:
    """Ask that it ends."""
    audit = _find(audit_id)
    cancel(audit, at=timezone.now())
    messages.success(request, _("已要求停止，走查会在下一步结束。"))
    return redirect("console-audit", audit.pk)


def _progress(audit: Audit) -> dict[str, object]:
    is_open = audit.state in OPEN
    return {
        "audit": audit,
        "is_open": is_open,
        "lines": tell_steps(log_lines(audit, most=LINES)),
        "picture": latest_picture(audit) if audit.state == Audit.State.RUNNING else "",
        "limit": timedelta(minutes=audit.minutes),
        "now": timezone.now(),
        "is_unattended": audit.state == Audit.State.QUEUED and _is_unattended(),
    }


def _find(audit_id: UUID) -> Audit:
    return get_object_or_404(Audit.objects.select_related("partner"), pk=audit_id)


def _is_unattended() -> bool:
    """Whether something waits and nobody works."""
    since = timezone.now() - UNHEARD
    waits = Audit.objects.filter(state=Audit.State.QUEUED, ordered_at__lt=since).exists()
    return waits and not Audit.objects.filter(state=Audit.State.RUNNING).exists()


def _login(audit: Audit) -> str:
    """The log-in of the employee who ordered it, else the actor as recorded."""
    try:
        who = UUID(audit.ordered_by.removeprefix("staff:"))
    except ValueError:
        return audit.ordered_by
    login = Staff.objects.filter(pk=who).values_list("login", flat=True).first()
    return login or audit.ordered_by
