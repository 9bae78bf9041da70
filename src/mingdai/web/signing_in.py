"""Log in by mobile number and one-time code.

The number travels in the body of a POST and is kept by the vault once its code is redeemed; a page
answers alike for numbers it knows and numbers it does not.  The session holds the borrower's id
and a random key, no number.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mingdai.accounts.entering import enter, leave
from mingdai.accounts.models import Borrower
from mingdai.accounts.signing_in import redeem_code, request_code
from mingdai.errors import Invalid
from mingdai.vault.keeping import keep, mobile_index, previews
from mingdai.vault.validating import clean, mask
from mingdai.web.addressing import client_address
from mingdai.web.agreements import accept_all
from mingdai.web.errors import TOO_OFTEN
from mingdai.web.visiting import safe_next
from mingdai.words import Reason


@never_cache
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The page, and the second step: redeem the code."""
    if request.method != "POST":
        return _page(request, {"next": request.GET.get("next", "")})
    try:
        number = clean("mobile", request.POST.get("mobile", ""))
    except Invalid as problem:
        return _refuse(request, problem.code, "mobile")
    if request.POST.get("agree") != "yes":
        return _refuse(request, "agreement.missing", "agree")
    found = redeem_code(
        mobile_index(number),
        request.POST.get("code", "").strip(),
        at=timezone.now(),
        address=client_address(request),
        locale=get_language() or "zh-hans",
    )
    if isinstance(found, Reason):
        return _refuse(request, found.code, "code")
    return _enter(request, found, number)


@never_cache
@require_POST
def send_code(request: HttpRequest) -> HttpResponse:
    """The first step: a code for the number, whoever's it is."""
    try:
        number = clean("mobile", request.POST.get("mobile", ""))
    except Invalid as problem:
        return _refuse(request, problem.code, "mobile")
    refused = request_code(
        mobile_index(number),
        masked=mask("mobile", number),
        at=timezone.now(),
        number=number,
        address=client_address(request),
    )
    if refused is not None:
        return _refuse(request, refused.code, "code")
    return _page(request, {**_typed(request), "sent": True})


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    leave(request.session)
    return redirect("offers")


def _enter(request: HttpRequest, borrower: Borrower, number: str) -> HttpResponse:
    now = timezone.now()
    accept_all(borrower, at=now)
    if "mobile" not in previews(borrower):
        keep(borrower, "mobile", number, at=now)
    enter(request.session, borrower)
    return HttpResponseRedirect(safe_next(request, request.POST.get("next", "")))


def _refuse(request: HttpRequest, code: str, field: str) -> HttpResponse:
    status = 429 if code in TOO_OFTEN else 422
    context = {**_typed(request), "problem": code, "problem_field": field}
    return _page(request, context, status=status)


def _typed(request: HttpRequest) -> dict[str, object]:
    """What was typed and is not kept yet, so that it need not be typed again; never the code."""
    return {
        "mobile": request.POST.get("mobile", "")[:20],
        "agreed": request.POST.get("agree") == "yes",
        "next": request.POST.get("next", ""),
    }


def _page(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return render(request, "login.html", {"tab": "account", **context}, status=status)
