"""The consent sheet: one recipient, one purpose, these fields; agree and refuse equally easy.

Nothing is ticked beforehand.  What was shown is what is agreed to: the wording's hash comes back
with the answer and must be that of the sheet as it stands.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingdai.consent.wording import Locale
from mingdai.errors import Refused
from mingdai.gate.models import Alias
from mingdai.loans.agreeing import Answers
from mingdai.loans.applying import refuse, submit
from mingdai.loans.asking import Sheet, consent_sheet
from mingdai.loans.models import Application
from mingdai.web.applying import name_of, own_application
from mingdai.web.sentences import sentence
from mingdai.web.visiting import BorrowerRequest, needs_borrower


@require_http_methods(["GET", "POST"])
@needs_borrower
def decide(request: BorrowerRequest, application_id: UUID) -> HttpResponse:
    """Show the sheet; take the answer."""
    application = own_application(request, application_id)
    if application.status != Application.Status.DRAFT:
        return redirect("application", application.pk)
    if application.cost_confirmed_at is None:
        return redirect("cost", application.pk)
    sheet = consent_sheet(application, locale=_locale())
    if sheet.missing:
        return redirect("apply", application.product_id)
    if request.method != "POST":
        return _page(request, application, sheet)
    if request.POST.get("answer") != "agree":
        refuse(application, at=timezone.now())
        messages.success(request, _("没有同意，资料没有发出。"))
        return redirect("application", application.pk)
    return _agree(request, application, sheet)


def _agree(request: BorrowerRequest, application: Application, sheet: Sheet) -> HttpResponse:
    if request.POST.get("seen") != "yes":
        return _page(request, application, sheet, problem="sheet.unticked")
    try:
        submit(application, _answers(request, sheet), at=timezone.now())
    except Refused as refused:
        application.refresh_from_db()
        if application.status == Application.Status.DRAFT:
            return _page(request, application, sheet, problem=refused.code)
        messages.error(request, sentence(refused.code))
    else:
        messages.success(request, _("已同意。资料密封后，先写入公开账本，再发给这一家机构。"))
    return redirect("application", application.pk)


def _answers(request: BorrowerRequest, sheet: Sheet) -> Answers:
    """What was ticked; an optional sensitive field has one box, which is both answers."""
    extras = frozenset(request.POST.getlist("extra"))
    return Answers(
        wording_id=request.POST.get("wording", ""),
        locale=sheet.locale,
        sensitive=frozenset(request.POST.getlist("sensitive")) | (extras & sheet.sensitive),
        extras=extras,
    )


def _page(
    request: BorrowerRequest, application: Application, sheet: Sheet, *, problem: str = ""
) -> HttpResponse:
    alias = Alias.objects.filter(
        borrower=application.borrower_id,
        partner=application.partner_id,
        application_id=application.pk,
    ).first()
    english = sheet.locale == "en"
    context = {
        "tab": "applications",
        "application": application,
        "product_name": name_of(application),
        "recipient": application.partner,
        "carrier": application.carrier,
        "sheet": sheet,
        "sent": [each for each in sheet.fields if not each.optional],
        "extras": [each for each in sheet.fields if each.optional and each.preview],
        "sensitive": [c.code for c in sheet.fields if c.code in sheet.sensitive & sheet.necessary],
        "not_sent": [en if english else zh for _code, zh, en in sheet.not_sent],
        "alias": f"{alias.local_part}@{alias.domain}" if alias else "",
        "grant_days": settings.MINGDAI_GRANT_DAYS,
        "problem": problem,
    }
    return render(request, "consent.html", context, status=422 if problem else 200)


def _locale() -> Locale:
    return "en" if get_language() == "en" else "zh-hans"
