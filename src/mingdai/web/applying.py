"""Apply to one lender: fill in what its product registered, then read the cost table.

Values travel in the body of a POST, are sealed at once and never written back; a draft is made
only when all that is needed is there.  The reading time is enforced here, not by the browser.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mingdai.accounts.models import Borrower
from mingdai.errors import Invalid, Refused
from mingdai.gate.aliasing import reserve
from mingdai.loans.applying import Choice, confirm_cost, show_cost, start
from mingdai.loans.asking import product_of_application
from mingdai.loans.models import Application
from mingdai.market.comparing import find_product
from mingdai.market.products import Product
from mingdai.market.quoting import Quote
from mingdai.vault.keeping import keep, previews
from mingdai.vault.validating import age_on, clean
from mingdai.web.filling import answers, questions
from mingdai.web.offer import fields_of, nearest_quote
from mingdai.web.offers import lender_name, product_name
from mingdai.web.visiting import BorrowerRequest, needs_borrower
from mingdai.web.wishing import read_wish
from mingdai.words import FIELD_BY_CODE, Route

ADULT_YEARS = 18


@require_http_methods(["GET", "POST"])
@needs_borrower
def fill_in(request: BorrowerRequest, product_id: str) -> HttpResponse:
    """The form; sending it keeps the fields and begins a draft."""
    product = find_product(product_id, at=timezone.now())
    if product.route is Route.LENDER_PAGE:
        return redirect("offer", product.id)
    quote = nearest_quote(product, read_wish(request.GET), start=timezone.localdate())
    if request.method != "POST":
        return _form(request, product, quote)
    typed = answers(request.POST, [each.code for each in product.fields])
    problems = _problems(request.borrower, product, typed)
    if problems:
        return _form(request, product, quote, typed=typed, problems=problems)
    _refuse_minor(typed)
    for code, value in typed.items():
        keep(request.borrower, code, value, at=timezone.now())
    choice = Choice(product.id, quote.amount, quote.span, quote.repayment)
    application = start(request.borrower, choice, at=timezone.now())
    return redirect("cost", application.pk)


@require_http_methods(["GET", "POST"])
@needs_borrower
def read_cost(request: BorrowerRequest, application_id: UUID) -> HttpResponse:
    """The cost table, and its confirmation after the reading time."""
    application = own_application(request, application_id)
    if application.status != Application.Status.DRAFT:
        return redirect("application", application.pk)
    problem = ""
    if request.method == "POST":
        try:
            confirm_cost(application, at=timezone.now())
        except Refused as refused:
            problem = refused.code
        else:
            _reserve_alias(application)
            return redirect("consent", application.pk)
    table = show_cost(application, at=timezone.now())
    context = {
        "tab": "applications",
        "application": application,
        "product_name": name_of(application),
        "table": {**table.content, "items_listed": table.content["items"]},
        "reading_s": settings.MINGDAI_COST_READING_S,
        "left_s": _left_s(application),
        "problem": problem,
    }
    return render(request, "cost.html", context, status=422 if problem else 200)


def own_application(request: BorrowerRequest, application_id: UUID) -> Application:
    """The application where it is this borrower's; otherwise not found."""
    rows = Application.objects.select_related(
        "product", "partner", "carrier", "borrower", "grant", "disclosure__entry"
    )
    return get_object_or_404(rows, pk=application_id, borrower=request.borrower)


def name_of(application: Application) -> str:
    """The product's name in the page's language, from the row it was chosen from."""
    return product_name(product_of_application(application))


def _form(
    request: BorrowerRequest,
    product: Product,
    quote: Quote,
    *,
    typed: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    registered = {each["code"]: each["reason"] for each in fields_of(product)}
    kept = previews(request.borrower)
    asked = questions(registered, kept, typed=typed, problems=problems)
    context = {
        "tab": "applications",
        "product": product,
        "product_name": product_name(product),
        "lender_name": lender_name(product),
        "quote": quote,
        "questions": asked,
        "problem_count": len(problems or {}),
        "back_url": f"{reverse('offer', args=[product.id])}?{request.GET.urlencode()}",
    }
    return render(request, "fields.html", context, status=422 if problems else 200)


def _problems(borrower: Borrower, product: Product, typed: dict[str, str]) -> dict[str, str]:
    """What is not well formed or still missing, by field: the code of its sentence."""
    kept = previews(borrower)
    found = {}
    for each in product.fields:
        code = each.code
        if code not in typed:
            if code not in kept and FIELD_BY_CODE[code].necessary:
                found[code] = f"field.{code}"
            continue
        try:
            clean(code, typed[code])
        except Invalid as problem:
            found[code] = problem.code
    return found


def _refuse_minor(typed: dict[str, str]) -> None:
    """Keep nothing of a person under 18; the gate asks again before anything leaves."""
    if "id_number" not in typed:
        return
    number = clean("id_number", typed["id_number"])
    if age_on(number, timezone.localdate()) < ADULT_YEARS:
        raise Refused(
            code="borrower.under_18",
            reason="the ID number typed is of a person under 18; nothing was kept",
            source="PIPL Art. 31; docs/law.md",
            remedy="none: a loan is for adults",
        )


def _reserve_alias(application: Application) -> None:
    """Mint the e-mail alias that the consent sheet shows, where the product registered e-mail."""
    if "email" in product_of_application(application).registered():
        reserve(
            application.borrower_id,
            partner_id=application.partner_id,
            application_id=application.pk,
            at=timezone.now(),
            rng=secrets.token_bytes,
        )


def _left_s(application: Application) -> int:
    """Whole seconds of the reading time that are left."""
    if application.cost_shown_at is None:
        return settings.MINGDAI_COST_READING_S
    passed = (timezone.now() - application.cost_shown_at).total_seconds()
    return max(0, round(settings.MINGDAI_COST_READING_S - passed + 0.5))
