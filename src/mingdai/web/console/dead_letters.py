"""死信: what could not be delivered, and what is tried again; send again, or give up.

Giving up empties the sealed bytes; the outcome's entry, written when sending stopped, stays.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingdai.errors import Refused
from mingdai.gate.models import Disclosure
from mingdai.gate.queueing import cancel
from mingdai.gate.resuming import resume, retry
from mingdai.web.console.admitting import Power, StaffRequest, needs_staff

SHOWN = 100
"""Rows of each list; what is beyond is reached by dealing with these."""

State = Disclosure.State


@require_safe
@needs_staff(Power.SEE)
def show_dead_letters(request: StaffRequest) -> HttpResponse:
    """Dead letters, and below what waits for its next try."""
    dead = Disclosure.objects.filter(state=State.DEAD)
    trying = Disclosure.objects.filter(state=State.QUEUED, attempts__gt=0)
    context = {
        "tab": "dead-letters",
        "dead": _shown(dead).order_by("-entry_id")[:SHOWN],
        "dead_count": dead.count(),
        "trying": _shown(trying).order_by("next_attempt_at")[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "console/dead_letters.html", context)


@require_POST
@needs_staff(Power.DELIVER)
def send_again(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    """Queue one dead letter again."""
    retry(disclosure_id, at=timezone.now())
    messages.success(request, _("已放回队列，稍后自动发送。"))
    return redirect("console-dead-letters")


@require_POST
@needs_staff(Power.DELIVER)
def give_up(request: StaffRequest, disclosure_id: UUID) -> HttpResponse:
    """Cancel one dead letter and empty its sealed bytes."""
    with transaction.atomic():
        rows = Disclosure.objects.select_for_update(of=("self",))
        row = rows.filter(pk=disclosure_id, state=State.DEAD).first()
        if row is None:
            raise Refused(
                code="dead_letter.none", reason=f"disclosure {disclosure_id} is not a dead letter"
            )
        cancel(row, problem="staff.cancelled")
    messages.success(request, _("已取消，密封件已清空。"))
    return redirect("console-dead-letters")


@require_POST
@needs_staff(Power.DELIVER)
def try_now(request: StaffRequest) -> HttpResponse:
    """Make everything that waits for its next try due now."""
    count = resume(at=timezone.now())
    messages.success(request, _("%(count)s 条已排到现在发送。") % {"count": count})
    return redirect("console-dead-letters")


def _shown(rows: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
    sealed = Q(envelope__sealed__isnull=False)
    return rows.select_related("partner", "carrier", "entry").annotate(
        can_retry=ExpressionWrapper(sealed, output_field=BooleanField())
    )
