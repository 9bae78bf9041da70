"""发件域名: confirm or decline a domain that a partner is said to write from, or take it back.

Confirming silences: what comes from it to the partner's aliases is no sighting any more.  So the
page says what it explains, and to whose other addresses the same domain wrote.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mingdai.trace.expecting import confirm_sender, decline_sender, explained_by, retire_sender
from mingdai.trace.models import ExpectedSender
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff
from mingdai.web.console.sighting_telling import RELATIONS, SENDER_STATES
from mingdai.web.console.sightings import written_to


@require_safe
@needs_staff(Power.SIGHTINGS)
def show_sender(request: StaffRequest, sender_id: int) -> HttpResponse:
    """What ties the domain to the partner, and what a decision does."""
    sender = get_object_or_404(ExpectedSender.objects.select_related("partner"), pk=sender_id)
    state, tone = SENDER_STATES[sender.state]
    context = {
        "tab": "sightings",
        "sender": sender,
        "state": state,
        "tone": tone,
        "relation": RELATIONS.get(sender.relation, sender.relation),
        "explains": explained_by(sender).count(),
        "others": [
            (partner, count)
            for partner, count in written_to(sender.domain)
            if partner is None or partner.pk != sender.partner_id
        ],
    }
    return render(request, "console/sightings/sender.html", context)


@require_POST
@needs_staff(Power.SIGHTINGS)
def confirm(request: StaffRequest, sender_id: int) -> HttpResponse:
    """Expect mail from it; the sightings it explains are marked so."""
    count = confirm_sender(sender_id, actor=actor_of(request.staff), at=timezone.now())
    said = ngettext(
        "已确认。%(count)s 条线索标为已解释，借款人看得到。",
        "已确认。%(count)s 条线索标为已解释，借款人看得到。",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("console-sightings")


@require_POST
@needs_staff(Power.SIGHTINGS)
def decline(request: StaffRequest, sender_id: int) -> HttpResponse:
    """Keep treating it as a stranger."""
    decline_sender(sender_id, actor=actor_of(request.staff), at=timezone.now())
    messages.success(request, _("已否决，来自它的信仍是线索。"))
    return redirect("console-sightings")


@require_POST
@needs_staff(Power.SIGHTINGS)
def retire(request: StaffRequest, sender_id: int) -> HttpResponse:
    """Expect mail from a confirmed one no more; what it explained is open again."""
    count = retire_sender(sender_id, actor=actor_of(request.staff), at=timezone.now())
    said = ngettext(
        "不再预期它的来信。%(count)s 条线索重新打开。",
        "不再预期它的来信。%(count)s 条线索重新打开。",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("console-sightings")
