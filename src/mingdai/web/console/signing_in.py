"""Sign in to the console: log-in, password and the second factor's code, in one form.

One answer for every failure.  A right one-time password leads to setting up, nowhere else.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mingdai.accounts.authenticating import Credentials, check_password_and_code
from mingdai.accounts.entering import enter_staff, leave
from mingdai.vault.guarding import unseal_secret
from mingdai.web.addressing import client_address
from mingdai.web.console.admitting import safe_next
from mingdai.web.console.enrolling import begin
from mingdai.web.errors import TOO_OFTEN
from mingdai.words import Reason


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and its answer."""
    if request.method != "POST":
        return _page(request, {"next": request.GET.get("next", "")})
    credentials = credentials_in(request)
    found = check_password_and_code(credentials, unseal=unseal_secret, at=timezone.now())
    if isinstance(found, Reason):
        if found.code == "login.enrol_first":
            return begin(request, credentials)
        return _refuse(request, found.code)
    enter_staff(request.session, found)
    return HttpResponseRedirect(safe_next(request, request.POST.get("next", "")))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    leave(request.session)
    return redirect("console-sign-in")


def credentials_in(request: HttpRequest) -> Credentials:
    """What was typed into a sign-in form."""
    return Credentials(
        login=request.POST.get("login", "").strip()[:40],
        password=request.POST.get("password", ""),
        totp=request.POST.get("totp", "").replace(" ", ""),
        address=client_address(request),
    )


def _refuse(request: HttpRequest, code: str) -> HttpResponse:
    status = 429 if code in TOO_OFTEN else 422
    typed = {"login": request.POST.get("login", "")[:40], "next": request.POST.get("next", "")}
    return _page(request, {**typed, "problem": code}, status=status)


def _page(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return render(request, "console/sign_in.html", context, status=status)
