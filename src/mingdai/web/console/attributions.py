"""归因: approve one as the second person, watch it, read what came of it, record an answer.

A result says whose copy a list is, never who leaked it.  Whoever is named sees it first and may
answer; the answer stands beside it.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingdai.cases.answering import ANSWERS, NOTE_CHARACTERS, record_answer
from mingdai.cases.models import Attribution
from mingdai.cases.queueing import cancel
from mingdai.cases.requesting import OPEN, approve
from mingdai.cases.spelling import canonical
from mingdai.errors import Invalid
from mingdai.ledger.proving import covered_size
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff
from mingdai.web.console.case_telling import STEPS, login_of, tell_result
from mingdai.web.console.telling import tell

UNHEARD = timedelta(seconds=30)
"""What waits longer with nothing running has nobody to carry it out."""


@require_safe
@needs_staff(Power.CASES)
def show_attribution(request: StaffRequest, attribution_id: UUID) -> HttpResponse:
    """One attribution: what it waits for, how far it came, what came of it."""
    row = _find(attribution_id)
    entry = row.bulk_read.entry if row.bulk_read else None
    context = {
        **_progress(request, row),
        "tab": "cases",
        "asker": row.ticket.assignee.login,
        "approver": row.ticket.second_person.login if row.ticket.second_person else "",
        "told": tell_result(row) if row.state == Attribution.State.DONE else None,
        "entry": entry,
        "is_provable": entry is not None
        and entry.index is not None
        and entry.index < covered_size(),
        "answers": row.answers.select_related("partner").order_by("pk"),
        "answer_codes": ANSWERS,
        "note_characters": NOTE_CHARACTERS,
    }
    return render(request, "console/attribution.html", context)


@require_safe
@needs_staff(Power.CASES)
def show_steps(request: StaffRequest, attribution_id: UUID) -> HttpResponse:
    """How far it came, as a part of the page; it asks again while it is open."""
    context = _progress(request, _find(attribution_id))
    answer = render(request, "console/parts/attribution_progress.html", context)
    if not context["is_open"]:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@needs_staff(Power.CASES)
def approve_one(request: StaffRequest, attribution_id: UUID) -> HttpResponse:
    """Approve it as the second person."""
    row = _find(attribution_id)
    approve(row, staff=request.staff, at=timezone.now())
    messages.success(request, _("已批准，轮到时自动开始。"))
    return redirect("console-attribution", row.pk)


@require_POST
@needs_staff(Power.CASES)
def cancel_one(request: StaffRequest, attribution_id: UUID) -> HttpResponse:
    """Ask that it ends."""
    row = _find(attribution_id)
    cancel(row, at=timezone.now())
    messages.success(request, _("已要求停止。"))
    return redirect("console-attribution", row.pk)


@require_safe
@needs_staff(Power.CASES)
def send_result(request: StaffRequest, attribution_id: UUID) -> HttpResponse:
    """The result as JSON, in the one spelling its digest is of."""
    row = _find(attribution_id)
    if row.state != Attribution.State.DONE:
        raise Http404
    answer = HttpResponse(canonical(row.result), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{row.found_list.case.number}.json"'
    return answer


@require_POST
@needs_staff(Power.CASES)
def take_answer(request: StaffRequest, attribution_id: UUID, answer_id: int) -> HttpResponse:
    """Record what an employee who is named says, or a partner said by another way."""
    row = _find(attribution_id)
    answer = get_object_or_404(row.answers, pk=answer_id)
    try:
        record_answer(
            answer,
            code=request.POST.get("answer", ""),
            note=request.POST.get("note", "").strip(),
            actor=actor_of(request.staff),
            at=timezone.now(),
        )
    except Invalid as problem:
        messages.error(request, tell(problem.code))
    else:
        messages.success(request, _("答复已记录。"))
    return redirect("console-attribution", row.pk)


def _progress(request: StaffRequest, row: Attribution) -> dict[str, object]:
    is_open = row.state in OPEN
    place = STEPS.index(row.said) + 1 if row.said in STEPS else 0
    return {
        "row": row,
        "case": row.found_list.case,
        "is_open": is_open,
        "place": place,
        "places": len(STEPS),
        "is_mine": row.ticket.assignee_id == request.staff.pk,
        "now": timezone.now(),
        "is_unattended": row.state == Attribution.State.QUEUED and _is_unattended(row),
        "who_opened": login_of(row.found_list.case.opened_by),
    }


def _is_unattended(row: Attribution) -> bool:
    """Whether it was approved a while ago and nobody works."""
    since = timezone.now() - UNHEARD
    running = Attribution.objects.filter(state=Attribution.State.RUNNING).exists()
    approved = row.ticket.approved_at
    return approved is not None and approved < since and not running


def _find(attribution_id: UUID) -> Attribution:
    rows = Attribution.objects.select_related(
        "found_list__case",
        "ticket__assignee",
        "ticket__second_person",
        "bulk_read__entry",
    )
    return get_object_or_404(rows, pk=attribution_id)
