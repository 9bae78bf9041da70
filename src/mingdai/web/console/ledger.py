"""账本健康: size, checkpoint, witnesses, what is not covered yet, and "verify now"."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mingdai.ledger.keys import policy_text
from mingdai.ledger.reading import health
from mingdai.web.console.admitting import Power, StaffRequest, needs_staff
from mingdai.web.console.verifying import current, start
from mingdai.web.path import witness_text


@require_safe
@needs_staff(Power.SEE)
def show_ledger(request: StaffRequest) -> HttpResponse:
    """The ledger's state now, and how the last verification went."""
    context = {
        "tab": "ledger",
        "health": health(),
        "verification": current(),
        "witness_text": witness_text(),
        "policy": policy_text(),
        "now": timezone.now(),
    }
    return render(request, "console/ledger.html", context)


@require_POST
@needs_staff(Power.SEE)
def verify_now(request: StaffRequest) -> HttpResponse:
    """Begin a verification; one that runs already is shown instead."""
    start(at=timezone.now())
    if request.headers.get("HX-Request"):
        return _part(request)
    return redirect("console-ledger")


@require_safe
@needs_staff(Power.SEE)
def show_verification(request: StaffRequest) -> HttpResponse:
    """How the verification stands, as a part of the page; it asks again while one runs."""
    return _part(request)


def _part(request: StaffRequest) -> HttpResponse:
    return render(request, "console/parts/verification.html", {"verification": current()})
