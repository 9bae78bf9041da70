"""The offers page: true cost side by side, with no account and no personal information.

Everything that fits is shown in the published order, everything that does not is named with its
reason.  Amount, length and bands are in the address of this page and nowhere else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingdai.market.bands import AGES, EMPLOYMENT, INCOME, REGIONS, Band
from mingdai.market.comparing import Comparison, compare
from mingdai.market.matching import REASONS, RULE, Unmatched
from mingdai.market.products import Product
from mingdai.market.quoting import Quote
from mingdai.market.schedules import Span
from mingdai.web.wishing import AMOUNTS, Wanted, in_order, read_wish

CARDS = 20
"""Cards and named misfits on one page; the rest is on the next."""


@dataclass(frozen=True, slots=True)
class Card:
    """One offer as it is shown; money in fen."""

    product: Product
    quote: Quote
    url: str

    @property
    def name(self) -> str:
        """The product's name in the page's language."""
        return product_name(self.product)

    @property
    def lender(self) -> str:
        """The lender's legal name in the page's language."""
        return lender_name(self.product)


def product_name(product: Product) -> str:
    """The product's name in the page's language."""
    return product.name_en if product.name_en and get_language() == "en" else product.name


def lender_name(product: Product) -> str:
    """The legal name of the lender, which is Chinese where no other is known."""
    english = product.lender.legal_name_en
    return english if english and get_language() == "en" else product.lender.legal_name


@require_safe
def show_offers(request: HttpRequest) -> HttpResponse:
    """The comparison."""
    found, wanted = _compare(request)
    page = _page(request)
    shown = slice(page * CARDS, page * CARDS + CARDS)
    matched, unmatched = found.outcome.matched, found.outcome.unmatched
    context = {
        "tab": "offers",
        "wanted": wanted,
        "amounts": AMOUNTS,
        "spans": [(str(span), span) for span in in_order(_spans(found))],
        "bands": _bands(wanted),
        "chosen_bands": any(wanted.bands.values()),
        "is_first_page": page == 0,
        "matched_count": len(matched),
        "unmatched_count": len(unmatched),
        "cards": [
            _card(found, each.offer.product_id, each.quote, wanted) for each in matched[shown]
        ],
        "unmatched": [_misfit(found, each) for each in unmatched[shown]],
        "more_url": _more(wanted, page, max(len(matched), len(unmatched))),
        "receipt_url": f"{reverse('match-receipt')}?{wanted.whole_query()}",
    }
    return render(request, "offers.html", context)


@require_safe
def send_match_receipt(request: HttpRequest) -> HttpResponse:
    """What this comparison was made of, to keep and to replay."""
    found, _wanted = _compare(request)
    body = json.dumps(found.receipt(), ensure_ascii=False, sort_keys=True, indent=1)
    answer = HttpResponse(body, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="mingdai-match.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def show_ranking(request: HttpRequest) -> HttpResponse:
    """The rule of the order, in words."""
    return render(request, "ranking.html", {"tab": "offers", "rule_version": RULE})


def _compare(request: HttpRequest) -> tuple[Comparison, Wanted]:
    now = timezone.now()
    wanted = read_wish(request.GET).compared
    return compare(wanted.wish, at=now), wanted


def _spans(found: Comparison) -> set[Span]:
    return {span for product in found.shelf.products.values() for span in product.spans}


def _card(found: Comparison, product_id: str, quote: Quote, wanted: Wanted) -> Card:
    return Card(
        product=found.product(product_id),
        quote=quote,
        url=f"{reverse('offer', args=[product_id])}?{wanted.query()}",
    )


def _misfit(found: Comparison, each: Unmatched) -> dict[str, object]:
    product = found.product(each.offer.product_id)
    at = 1 if get_language() == "en" else 0
    return {
        "id": product.id,
        "name": product_name(product),
        "lender": lender_name(product),
        "reasons": [REASONS[code][at] for code in each.reasons],
    }


def _bands(wanted: Wanted) -> list[dict[str, object]]:
    groups: tuple[tuple[str, str, tuple[Band, ...]], ...] = (
        ("age", _("年龄段"), AGES),
        ("region", _("所在地区"), REGIONS),
        ("employment", _("职业"), EMPLOYMENT),
        ("income", _("月收入"), INCOME),
    )
    english = get_language() == "en"
    return [
        {
            "name": name,
            "label": label,
            "chosen": wanted.bands[name],
            "options": [(band.code, band.en if english else band.zh) for band in bands],
        }
        for name, label, bands in groups
    ]


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _more(wanted: Wanted, page: int, count: int) -> str:
    if (page + 1) * CARDS >= count:
        return ""
    return f"{reverse('offers')}?{wanted.whole_query()}&page={page + 1}"
