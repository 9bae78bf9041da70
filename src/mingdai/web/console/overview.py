"""总览: the figures of the last thirty days, and the picture of who passed what to whom."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mingdai.ledger.reading import health
from mingdai.web.console.admitting import Power, StaffRequest, needs_staff
from mingdai.web.console.charting import draw_flow
from mingdai.web.console.counting import Flow, Link, figures, flow
from mingdai.web.console.verifying import current


@require_safe
@needs_staff(Power.SEE)
def show_overview(request: StaffRequest) -> HttpResponse:
    """Figures, picture, the chosen recipient."""
    now = timezone.now()
    seen = flow(now)
    chosen = _chosen(seen, to=request.GET.get("to", ""), by=request.GET.get("by", ""))
    context = {
        "tab": "overview",
        "figures": figures(now),
        "flow": seen,
        "picture": draw_flow(seen, chosen=chosen),
        "chosen": chosen,
        "health": health(),
        "verification": current(),
    }
    return render(request, "console/overview.html", context)


def _chosen(seen: Flow, *, to: str, by: str) -> Link | None:
    """The link asked for; where none was, the largest."""
    for each in seen.links:
        if each.partner.pk == to and (each.carrier.pk if each.carrier else "") == by:
            return each
    return seen.links[0] if seen.links else None
