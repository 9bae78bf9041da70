"""Add a found list to a case, correct what its columns are taken for, ask for its attribution."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingdai.cases.models import Case, FoundList
from mingdai.cases.receiving import LONGEST, SOURCE_CHARACTERS, SUFFIXES, USUAL, Arrival, most_bytes
from mingdai.cases.requesting import ask
from mingdai.errors import Invalid
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff
from mingdai.web.console.case_telling import ROLES, tell_list
from mingdai.web.console.case_uploading import SealingHandler, sealing
from mingdai.web.console.telling import tell

TYPED = ("source", "found_at", "delete_on")


@csrf_exempt  # the form is read, and its token checked, once the file's handler is set
@require_http_methods(["GET", "POST"])
@needs_staff(Power.CASES)
def add_one(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The form, and its answer; the file is sealed while it arrives."""
    case = get_object_or_404(Case, pk=case_id)
    if request.method != "POST":
        return _form(request, case)
    with sealing(request) as handler:
        return _take(request, case, handler)


@require_POST
@needs_staff(Power.CASES)
def ask_one(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """Ask for the attribution, with the columns as they are taken now."""
    row = get_object_or_404(FoundList.objects.select_related("case"), pk=list_id)
    chosen = _chosen(request.POST, len(row.understood.get("columns", [])))
    try:
        found = ask(row, chosen, staff=request.staff, at=timezone.now())
    except Invalid as problem:
        messages.error(request, tell(problem.code))
        return redirect("console-case", row.case_id)
    messages.success(request, _("已提出，等另一位合规人员批准。"))
    return redirect("console-attribution", found.pk)


@require_safe
@needs_staff(Power.CASES)
def show_list(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """One list as a part of its case's page; it asks again until its columns were looked at."""
    row = get_object_or_404(FoundList.objects.select_related("case"), pk=list_id)
    told = tell_list(row)
    answer = render(
        request,
        "console/parts/case_list.html",
        {"told": told, "case": row.case, "column_roles": ROLES},
    )
    if not told.waits:
        answer["HX-Refresh"] = "true"
    return answer


@csrf_protect
def _take(request: StaffRequest, case: Case, handler: SealingHandler) -> HttpResponse:
    typed = {name: request.POST.get(name, "")[:200] for name in TYPED}
    try:
        arrival = _arrival(typed)
        if handler.receiver is None:
            raise Invalid(code="list.missing", reason="no file was chosen", field="file")
        handler.receiver.finish(
            case, handler.name, arrival, actor=actor_of(request.staff), at=timezone.now()
        )
    except Invalid as problem:
        return _form(request, case, typed, problem)
    messages.success(request, _("名单已加密保存，正在读取列。"))
    return redirect("console-case", case.pk)


def _arrival(typed: dict[str, str]) -> Arrival:
    return Arrival(typed["source"], _moment(typed["found_at"]), _day(typed["delete_on"]))


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise Invalid(code="list.found_at", reason="no time", field="found_at")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _day(text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise Invalid(code="list.delete_on", reason="no day", field="delete_on")
    return found


def _chosen(given: QueryDict, width: int) -> dict[int, list[str]]:
    """Roles by column; two roles of one column are joined by `+`."""
    found = {each: given.get(f"column-{each}", "").split("+") for each in range(width)}
    return {each: [role for role in roles if role] for each, roles in found.items()}


def _form(
    request: StaffRequest,
    case: Case,
    typed: dict[str, str] | None = None,
    problem: Invalid | None = None,
) -> HttpResponse:
    now = timezone.localtime()
    usual = {
        "found_at": now.strftime("%Y-%m-%dT%H:%M"),
        "delete_on": (now.date() + USUAL).isoformat(),
    }
    context = {
        "tab": "cases",
        "case": case,
        "typed": typed or usual,
        "problem": problem,
        "accept": ",".join(f".{each}" for each in SUFFIXES),
        "most_mb": most_bytes() >> 20,
        "most_source": SOURCE_CHARACTERS,
        "latest": (now.date() + LONGEST).isoformat(),
    }
    return render(request, "console/case_list_new.html", context, status=422 if problem else 200)
