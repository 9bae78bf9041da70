"""机构准入: the legal entities we deal with; suspend and activate them, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingdai.accounts.models import Staff
from mingdai.gate.models import Disclosure
from mingdai.partners.models import Partner, PartnerChange
from mingdai.partners.reviewing import activate, missing
from mingdai.partners.suspending import suspend
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff
from mingdai.web.console.spelling import spelling_rows

LATEST = 20


@require_safe
@needs_staff(Power.SEE)
def show_partners(request: StaffRequest) -> HttpResponse:
    """Every partner, with what waits for it."""
    queued = Q(disclosures__state=Disclosure.State.QUEUED)
    dead = Q(disclosures__state=Disclosure.State.DEAD)
    rows = Partner.objects.annotate(
        waiting=Count("disclosures", filter=queued), dead=Count("disclosures", filter=dead)
    )
    context = {"tab": "partners", "partners": rows.order_by("kind", "pk")}
    return render(request, "console/partners.html", context)


@require_safe
@needs_staff(Power.SEE)
def show_partner(request: StaffRequest, partner_id: str) -> HttpResponse:
    """One partner: its papers, what was decided about it and by whom."""
    return _page(request, get_object_or_404(Partner, pk=partner_id))


@require_POST
@needs_staff(Power.GOVERN)
def decide(request: StaffRequest, partner_id: str, act: str) -> HttpResponse:
    """Suspend or activate, with a reason."""
    partner = get_object_or_404(Partner, pk=partner_id)
    reason = request.POST.get("reason", "").strip()
    if not 4 <= len(reason) <= 300:
        return _page(request, partner, problem="partner.reason", typed=reason[:300])
    verb = suspend if act == "suspend" else activate
    verb(partner, actor=actor_of(request.staff), reason=reason, at=timezone.now())
    done = _("已暂停，排队中的不再发送。") if act == "suspend" else _("已准入，可以接收资料。")
    messages.success(request, done)
    return redirect("console-partner", partner.pk)


def _page(
    request: StaffRequest, partner: Partner, *, problem: str = "", typed: str = ""
) -> HttpResponse:
    now = timezone.now()
    changes = list(PartnerChange.objects.filter(partner=partner).order_by("-at")[:LATEST])
    context = {
        "tab": "partners",
        "partner": partner,
        "missing": missing(partner, at=now),
        "changes": list(zip(changes, _who(changes), strict=True)),
        "spellings": spelling_rows(partner),
        "keys": partner.sealing_keys.order_by("-not_before"),
        "problem": problem,
        "typed": typed,
    }
    return render(request, "console/partner.html", context, status=422 if problem else 200)


def _who(changes: list[PartnerChange]) -> list[str]:
    """Log-ins of those who decided; other actors as recorded."""
    ids = {each.actor.removeprefix("staff:") for each in changes if each.actor.startswith("staff:")}
    logins = {str(each.pk): each.login for each in Staff.objects.filter(pk__in=ids)}
    return [logins.get(each.actor.removeprefix("staff:"), each.actor) for each in changes]
