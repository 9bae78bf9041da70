"""Order an audit: where it begins, who is planted, how far it goes, by whose leave.

The planted person is made up anew each time the form is opened; outside of the test world mobile
and e-mail are replaced by ones whose owner agreed, and the form asks who ordered it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingdai.audit.equipping import missing
from mingdai.audit.ordering import MAX_HOPS, MAX_MINUTES, Wanted, order
from mingdai.audit.planting import made_up_person
from mingdai.errors import Invalid
from mingdai.partners.models import Partner
from mingdai.web.console.admitting import Power, StaffRequest, actor_of, needs_staff

PERSON = ("name", "mobile", "id_number", "email", "address")
LONGEST = 500


@require_http_methods(["GET", "POST"])
@needs_staff(Power.AUDIT)
def order_one(request: StaffRequest) -> HttpResponse:
    """The form, and its answer."""
    if request.method != "POST":
        typed = {**made_up_person(secrets.token_bytes), "max_hops": "8", "minutes": "5"}
        typed["partner"] = request.GET.get("partner", "")[:24]
        return _form(request, typed)
    typed = {key: str(value)[:LONGEST].strip() for key, value in request.POST.items()}
    try:
        audit = order(
            _wanted(request.POST),
            partner_id=_partner(typed.get("partner", "")),
            actor=actor_of(request.staff),
            at=timezone.now(),
        )
    except Invalid as problem:
        return _form(request, typed, problem=problem)
    messages.success(request, _("已排入队列，轮到时自动开始。"))
    return redirect("console-audit", audit.pk)


def _wanted(given: QueryDict) -> Wanted:
    def text(name: str) -> str:
        return given.get(name, "").strip()

    return Wanted(
        url=text("url"),
        person={code: text(code) for code in PERSON if text(code)},
        otp=text("otp")[:12],
        max_hops=_number(text("max_hops")),
        minutes=_number(text("minutes")),
        allow=_hosts(text("allow")),
        declared=_hosts(text("declared")),
        authority={
            "ordered_by": text("ordered_by")[:120],
            "hosts": list(_hosts(text("hosts"))),
            "until": _until(text("until")),
            "contacts": {"mobile": text("mobile_owner"), "email": text("email_owner")},
        },
    )


def _partner(text: str) -> str | None:
    if not text:
        return None
    if not Partner.objects.filter(pk=text).exists():
        raise Invalid(code="audit.partner", reason="there is no such partner", field="partner")
    return text


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(each.lower() for each in text.replace(",", " ").replace("，", " ").split())[:20]


def _until(text: str) -> str:
    """The end of that day here, "" for what is no day."""
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    if day is None:
        return ""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))).isoformat()


def _form(
    request: StaffRequest, typed: dict[str, str], *, problem: Invalid | None = None
) -> HttpResponse:
    context = {
        "tab": "audits",
        "typed": typed,
        "problem": problem,
        "partners": Partner.objects.order_by("kind", "pk"),
        "person": [(code, typed.get(code, "")) for code in PERSON],
        "max_hops": MAX_HOPS,
        "max_minutes": MAX_MINUTES,
        "lacking": missing(),
    }
    return render(request, "console/audit_new.html", context, status=422 if problem else 200)
