"""Set up one's own password and second factor, from the one-time password.

The secret is shown once, as a picture and as text, in the answer to the one-time password; it is
in no address, session or cache.  The session holds which employee is setting up, and nothing else.
"""

from __future__ import annotations

from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mingdai.accounts.authenticating import Credentials
from mingdai.accounts.enrolling import Enrolment, begin_enrolment, finish_enrolment
from mingdai.accounts.models import Staff
from mingdai.errors import Invalid
from mingdai.vault.guarding import seal_secret, unseal_secret
from mingdai.web.addressing import client_address
from mingdai.web.errors import TOO_OFTEN
from mingdai.words import Reason

ENROLLING = "enrolling"
"""The session's key for who is setting up."""


@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time password, and show the second factor."""
    if request.method != "POST":
        return render(request, "console/enrol_start.html")
    credentials = Credentials(
        login=request.POST.get("login", "").strip()[:40],
        password=request.POST.get("password", ""),
        address=client_address(request),
    )
    return begin(request, credentials)


def begin(request: HttpRequest, credentials: Credentials) -> HttpResponse:
    """The page with the fresh second factor, or why not."""
    found = begin_enrolment(credentials, seal=seal_secret, at=timezone.now())
    if isinstance(found, Reason):
        status = 429 if found.code in TOO_OFTEN else 422
        context = {"login": credentials.login, "problem": found.code}
        return render(request, "console/enrol_start.html", context, status=status)
    request.session.flush()
    request.session[ENROLLING] = str(found.staff.pk)
    return render(request, "console/enrol.html", _shown(found))


@never_cache
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest) -> HttpResponse:
    """Take the new password and the first code."""
    staff = _enrolling(request)
    if staff is None or request.method != "POST":
        return redirect("console-enrol")
    problem = _finish(request, staff)
    if problem:
        return render(request, "console/enrol.html", {"problem": problem}, status=422)
    request.session.flush()
    messages.success(request, _("设置完成。请用新密码和下一个动态码登录。"))
    return HttpResponseRedirect(reverse("console-sign-in"))


def picture_of(uri: str) -> str:
    """A QR code of `uri` as a data: address of an SVG."""
    code = segno.make(uri, error="m", micro=False)
    return str(code.svg_data_uri(scale=5, border=3, light="#fff"))


def _finish(request: HttpRequest, staff: Staff) -> str:
    """The code of what is wrong, "" where it is done."""
    password = request.POST.get("password", "")
    if password != request.POST.get("again", ""):
        return "enrolment.differs"
    try:
        refused = finish_enrolment(
            staff,
            password=password,
            totp=request.POST.get("totp", "").replace(" ", ""),
            unseal=unseal_secret,
            at=timezone.now(),
        )
    except Invalid as problem:
        return problem.code
    return refused.code if refused else ""


def _enrolling(request: HttpRequest) -> Staff | None:
    try:
        who = UUID(str(request.session.get(ENROLLING, "")))
    except ValueError:
        return None
    return Staff.objects.filter(pk=who, is_active=True).first()


def _shown(enrolment: Enrolment) -> dict[str, object]:
    secret = enrolment.secret
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"secret": groups, "qr": picture_of(enrolment.uri), "login": enrolment.staff.login}
