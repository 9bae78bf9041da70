"""案件: see them, open one, close one.

Compliance officers only.  A case holds found lists; what is done with one is on its own page.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingdai.cases.models import Attribution, Case
from mingdai.cases.opening import REASON_CHARACTERS, close_case, open_case
from mingdai.errors import Invalid
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff
from mingdai.web.console.case_telling import ROLES, login_of, tell_list

PAGE = 30


@require_safe
@needs_staff(Power.CASES)
def show_cases(request: StaffRequest) -> HttpResponse:
    """Every case, the newest first, with what came of its last attribution."""
    rows = Case.objects.annotate(count=Count("lists")).order_by("-opened_at", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page", "1"))
    latest = _latest([each.pk for each in page.object_list])
    told = [(each, latest.get(each.pk)) for each in page.object_list]
    return render(request, "console/cases.html", {"tab": "cases", "page": page, "told": told})


@require_http_methods(["GET", "POST"])
@needs_staff(Power.CASES)
def open_one(request: StaffRequest) -> HttpResponse:
    """The form, and its answer."""
    context: dict[str, object] = {"tab": "cases", "most": REASON_CHARACTERS}
    if request.method != "POST":
        return render(request, "console/case_new.html", context)
    reason = request.POST.get("reason", "")[: REASON_CHARACTERS + 1]
    try:
        case = open_case(reason, actor=actor_of(request.staff), at=timezone.now())
    except Invalid as problem:
        context |= {"problem": problem, "reason": reason}
        return render(request, "console/case_new.html", context, status=422)
    messages.success(request, _("案件已立，编号 %(number)s。") % {"number": case.number})
    return redirect("console-case", case.pk)


@require_safe
@needs_staff(Power.CASES)
def show_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """One case with its lists, what their columns look like, and their attributions."""
    case = get_object_or_404(Case, pk=case_id)
    rows = case.lists.order_by("-received_at").prefetch_related("attributions__ticket")
    told = [tell_list(each) for each in rows]
    context = {
        "tab": "cases",
        "case": case,
        "opener": login_of(case.opened_by),
        "closer": login_of(case.closed_by),
        "lists": told,
        "column_roles": ROLES,
    }
    return render(request, "console/case.html", context)


@require_POST
@needs_staff(Power.CASES)
def close_one(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Close it; its lists are deleted."""
    case = get_object_or_404(Case, pk=case_id)
    close_case(case, actor=actor_of(request.staff), at=timezone.now())
    messages.success(request, _("案件已结，名单已删除。"))
    return redirect("console-case", case.pk)


def _latest(case_ids: list[UUID]) -> dict[UUID, Attribution]:
    """Each case's last attribution."""
    rows = Attribution.objects.filter(found_list__case__in=case_ids).select_related("found_list")
    return {each.found_list.case_id: each for each in rows.order_by("asked_at")}
