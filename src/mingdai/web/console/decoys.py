"""诱饵: the sealed list, opened for compliance officers alone, and placing one more.

Every opening of the list is logged with who asked.  Nobody places a decoy in the own queue, and
none goes to a partner whose contract has no clause in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingdai.accounts.models import Staff
from mingdai.errors import Invalid, MingdaiError, Refused
from mingdai.gate.decoying import Placement, list_decoys, reads_of
from mingdai.loans.decoying import place_with_partner, place_with_staff
from mingdai.market.models import Product
from mingdai.partners.allowing import allow_decoys, end_decoys
from mingdai.partners.models import Partner
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff
from mingdai.words import RecipientKind


@dataclass(frozen=True, slots=True)
class DecoyRow:
    """One decoy as the page shows it; `who` is a partner's short name or a log-in."""

    placed_at: datetime
    kind: str
    who: str
    by: str
    application: str
    reads: int


@require_safe
@needs_staff(Power.GOVERN)
def show_decoys(request: StaffRequest) -> HttpResponse:
    """The list and the two forms."""
    return _page(request)


@require_POST
@needs_staff(Power.GOVERN)
def place_decoy(request: StaffRequest) -> HttpResponse:
    """One more, with a product's lender or in an employee's queue."""
    now, product = timezone.now(), request.POST.get("product", "")
    try:
        if request.POST.get("with") == "staff":
            staff = get_object_or_404(Staff, login=request.POST.get("login", ""), is_active=True)
            reason = request.POST.get("reason", "")
            place_with_staff(staff, product, reason=reason, by=request.staff, at=now)
        else:
            place_with_partner(product, by=actor_of(request.staff), at=now)
    except (Refused, Invalid) as problem:
        return _page(request, problem=problem)
    messages.success(request, _("已放置一条诱饵。"))
    return redirect("console-decoys")


@require_POST
@needs_staff(Power.GOVERN)
def set_clause(request: StaffRequest, partner_id: str) -> HttpResponse:
    """Put the contract's clause on file, or take it off."""
    partner = get_object_or_404(Partner, pk=partner_id)
    actor, now = actor_of(request.staff), timezone.now()
    if request.POST.get("act") == "end":
        end_decoys(partner, actor=actor, at=now)
    else:
        agreed_on = _day(request.POST.get("agreed_on", ""))
        allow_decoys(partner, request.POST.get("clause", ""), agreed_on, actor=actor, at=now)
    messages.success(request, _("已记录。"))
    return redirect("console-partner", partner.pk)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(
            code="decoy.no_clause", reason="the clause has no day", remedy="write the day"
        ) from error


def _page(request: StaffRequest, *, problem: MingdaiError | None = None) -> HttpResponse:
    placements = list(list_decoys(asked_by=actor_of(request.staff)))
    able = Staff.objects.filter(is_active=True).exclude(role=Staff.Role.AUDITOR)
    shelf = Product.objects.filter(delisted_at=None, refusals=[]).select_related("partner")
    context = {
        "tab": "decoys",
        "decoys": [_row(each) for each in reversed(placements)],
        "employees": able.exclude(pk=request.staff.pk).order_by("login"),
        "products": shelf.order_by("pk"),
        "allowing": shelf.exclude(partner__decoys_agreed_on=None).order_by("pk"),
        "problem": problem,
        "typed": request.POST if problem else {},
    }
    return render(request, "console/decoys.html", context, status=422 if problem else 200)


def _row(placement: Placement) -> DecoyRow:
    return DecoyRow(
        placed_at=datetime.fromisoformat(placement.at),
        kind=placement.kind,
        who=_who(placement),
        by=_login(placement.by),
        application=placement.application,
        reads=reads_of(placement),
    )


def _who(placement: Placement) -> str:
    if placement.kind == RecipientKind.STAFF:
        return _login(placement.recipient)
    return Partner.objects.get(pk=placement.recipient).short_name


def _login(actor: str) -> str:
    staff = Staff.objects.filter(pk=actor.removeprefix("staff:")).first()
    return staff.login if staff else actor
