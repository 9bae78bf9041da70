"""Pages for what cannot be answered: not found, not allowed, too often, our own fault.

A refusal's code becomes the person's sentence; its reason stays with the operator's log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from mingdai.errors import Invalid, MingdaiError, Refused, Unavailable
from mingdai.web.sentences import sentence

logger = logging.getLogger(__name__)
TOO_OFTEN = frozenset({"login.too_often", "login.locked"})


def status_of(problem: MingdaiError) -> int:
    """The HTTP status that says what kind of no `problem` is."""
    if problem.code in TOO_OFTEN:
        return 429
    match problem:
        case Invalid():
            return 422
        case Refused():
            return 403
        case Unavailable():
            return 503
        case _:
            return 500


class ProblemPages:
    """Middleware: a refusal that a page did not weigh itself becomes a page with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Django hands the next handler in."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page for a `MingdaiError`; everything else is Django's.  The API has its own."""
        if not isinstance(problem, MingdaiError) or request.path.startswith("/api/"):
            return None
        status = status_of(problem)
        logger.log(logging.ERROR if status >= 500 else logging.INFO, "%s", problem.code)
        return problem_page(request, status=status, code=problem.code)


def problem_page(request: HttpRequest, *, status: int, code: str) -> HttpResponse:
    """The page that says `code`'s sentence under a title for `status`."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"code": code, "sentence": sentence(code)}, status=status)
    context = {"status": status, "title": _title(status), "code": code, "text": sentence(code)}
    return render(request, "problem.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return problem_page(request, status=404, code="page.not_found")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return problem_page(request, status=403, code="page.forbidden")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    return problem_page(request, status=400, code="page.bad_request")


def our_fault(request: HttpRequest) -> HttpResponse:
    """Django's handler500; it asks neither session nor database, which may be what failed."""
    code = "page.our_fault"
    context = {"status": 500, "title": _title(500), "code": code, "text": sentence(code)}
    return HttpResponse(render_to_string("problem.html", context), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: the form is too old or came from elsewhere."""
    return problem_page(request, status=403, code="page.form_expired")


def _title(status: int) -> str:
    titles = {
        400: _("看不懂这个请求"),
        403: _("这一步不能继续"),
        404: _("没有这个页面"),
        422: _("填写的内容需要修改"),
        429: _("请稍等一会儿"),
        503: _("暂时连接不上"),
    }
    return titles.get(status, _("我们这边出错了"))
