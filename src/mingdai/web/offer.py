"""One offer: true cost, the schedule drawn and listed, each fee with its payee, what it asks."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingdai.market.comparing import find_product, parse_span
from mingdai.market.costtable import cost_table
from mingdai.market.products import Product
from mingdai.market.quoting import Quote, quote_loan
from mingdai.market.schedules import Repayment, Span
from mingdai.web.charting import Bar, draw_schedule
from mingdai.web.offers import lender_name, product_name
from mingdai.web.wishing import Wanted, in_order, read_wish
from mingdai.words import Route


@require_safe
def show_offer(request: HttpRequest, product_id: str) -> HttpResponse:
    """The offer at the amount and length of the address, or the nearest it has."""
    now = timezone.now()
    product = find_product(product_id, at=now)
    start = timezone.localdate(now)
    wanted = read_wish(request.GET)
    quote = nearest_quote(product, wanted, start=start)
    table = cost_table(product, quote.amount, quote.span, quote.repayment, start=start)
    context = {
        "tab": "offers",
        "product": product,
        "name": product_name(product),
        "lender_name": lender_name(product),
        "quote": quote,
        "table": {**table, "items_listed": table["items"]},
        "chart": _chart(product, quote, start),
        "start": start,
        "fields": fields_of(product),
        "is_page_only": product.route is Route.LENDER_PAGE,
        "back_url": f"{reverse('offers')}?{wanted.query()}",
        "chosen": {"amount": quote.amount // 100, "term": str(quote.span)},
        "least": product.amount_min // 100,
        "most": product.amount_max // 100,
        "spans": [(str(span), span) for span in in_order(product.spans)],
    }
    return render(request, "offer.html", context)


def nearest_quote(product: Product, wanted: Wanted, *, start: date) -> Quote:
    """The cheapest way of repaying for what was wished, moved into what the product offers."""
    amount = _nearest_amount(product, wanted.amount * 100)
    span = _nearest_span(product, parse_span(wanted.term))
    quotes = [quote_loan(product, amount, span, way, start=start) for way in _ways(product, span)]
    return min(quotes, key=lambda quote: (quote.total_cost, quote.repayment))


def fields_of(product: Product) -> list[dict[str, str]]:
    """What the product asks for, with its reason in the page's language."""
    english = get_language() == "en"
    return [
        {"code": each.code, "reason": each.reason_en if english else each.reason_zh}
        for each in product.fields
    ]


def _nearest_amount(product: Product, wanted: int) -> int:
    return max(product.amount_min, min(wanted, product.amount_max))


def _nearest_span(product: Product, wanted: Span) -> Span:
    days = wanted.months * 30 + wanted.days
    offered = in_order(product.spans)
    return min(offered, key=lambda span: abs(span.months * 30 + span.days - days))


def _ways(product: Product, span: Span) -> list[Repayment]:
    return [repayment for each, repayment in product.ways() if each == span]


def _chart(product: Product, quote: Quote, start: date) -> str:
    plan = product.schedule(quote.amount, quote.span, quote.repayment, start=start)
    bars = [
        Bar(each.number, each.principal, each.interest, sum(each.fees)) for each in plan.instalments
    ]
    label = _("每期还款的本金、利息和费用，共 %(count)s 期；下方有逐期明细") % {"count": len(bars)}
    return draw_schedule(bars, label=label)
