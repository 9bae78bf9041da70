"""Compare: every offer on the shelf against a wish, from what was computed at listing.

The shelf is read from the database once for each change of it and then kept in the process, so a
page costs one query.  A wish is a few bands; nothing of it is written anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Count, F, Max, Q

from mingdai.errors import Refused
from mingdai.market import models
from mingdai.market.canonical import Json
from mingdai.market.catalogue import catalogue_hash, product_of_spec
from mingdai.market.listing import CHINA
from mingdai.market.matching import Offer, Outcome, Wish, check_wish, match_offers, offer_of
from mingdai.market.products import Product
from mingdai.market.quoting import Quote
from mingdai.market.replaying import match_receipt
from mingdai.market.schedules import Repayment, Span
from mingdai.partners.models import Partner

Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything on offer at one moment.  `offers` hold the quotes at one amount each."""

    products: dict[str, Product]
    offers: dict[int, tuple[Offer, ...]]
    catalogue: str

    def at(self, amount: int) -> tuple[Offer, ...]:
        """The offers with their quotes at this amount (fen)."""
        return self.offers.get(amount, self.offers[0])


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a wish comes to: matched and unmatched offers, and the shelf they stand on."""

    wish: Wish
    outcome: Outcome
    shelf: Shelf

    def product(self, product_id: str) -> Product:
        """The whole product behind an offer."""
        return self.shelf.products[product_id]

    def receipt(self) -> dict[str, Json]:
        """The match receipt the person may keep and replay."""
        return match_receipt(
            self.wish, list(self.shelf.at(self.wish.amount)), catalogue=self.shelf.catalogue
        )


def compare(wish: Wish, *, at: datetime) -> Comparison:
    """Match `wish` against the shelf of this moment.

    Raises Invalid `match.unknown_amount` or `match.unknown_band`.
    """
    check_wish(wish)
    stamp, today = _stamp(), at.astimezone(CHINA).date()
    shelf = _shelf(stamp, today)
    return Comparison(wish, _outcome(stamp, today, wish), shelf)


def find_product(product_id: str, *, at: datetime) -> Product:
    """A product on the shelf.  Raises Refused `listing.not_on_shelf`."""
    found = _shelf(_stamp(), at.astimezone(CHINA).date()).products.get(product_id)
    if found is None:
        raise Refused(
            code="listing.not_on_shelf",
            reason="no such product is offered now",
            remedy="choose another product",
        )
    return found


def parse_span(text: str) -> Span:
    """A span as `str(span)` writes it, from a trusted row."""
    number = int(text[:-1])
    return Span(months=number) if text.endswith("m") else Span(days=number)


def _stamp() -> Stamp:
    """Changes whenever the shelf does: listings, delistings, a partner's standing."""
    found = models.Product.objects.aggregate(
        rows=Count("pk"),
        listed=Max("listed_at"),
        gone=Count("delisted_at"),
        refused=Count("pk", filter=~Q(refusals=[])),
        active=Count("pk", filter=Q(partner__status=Partner.Status.ACTIVE)),
        licence=Max(F("partner__licence_until")),
    )
    return tuple(found.values())


@lru_cache(maxsize=256)
def _outcome(stamp: Stamp, today: date, wish: Wish) -> Outcome:
    return match_offers(wish, list(_shelf(stamp, today).at(wish.amount)))


@lru_cache(maxsize=2)
def _shelf(stamp: Stamp, today: date) -> Shelf:
    rows = models.Product.objects.filter(
        delisted_at=None, refusals=[], partner__status=Partner.Status.ACTIVE
    ).exclude(partner__licence_until__lt=today)
    products = {
        row.pk: product_of_spec(row.spec, lead_price=row.lead_price_fen)
        for row in rows.order_by("pk")
    }
    quotes: dict[int, dict[str, list[Quote]]] = defaultdict(lambda: defaultdict(list))
    for each in models.Quote.objects.filter(product__in=rows):
        quotes[each.amount_fen][each.product_id].append(_quote(each))
    bare = {key: offer_of(product, ()) for key, product in products.items()}
    offers = {
        amount: tuple(
            replace(offer, quotes=tuple(here.get(key, ()))) for key, offer in bare.items()
        )
        for amount, here in quotes.items()
    }
    return Shelf(
        products, {0: tuple(bare.values()), **offers}, catalogue_hash(tuple(products.values()))
    )


def _quote(row: models.Quote) -> Quote:
    return Quote(
        amount=row.amount_fen,
        span=parse_span(row.span),
        repayment=Repayment(row.repayment),
        simple_bps=row.simple_bps,
        compound_bps=row.compound_bps,
        total_repaid=row.total_repaid_fen,
        net_received=row.net_received_fen,
        first_payment=row.first_payment_fen,
        interest=row.interest_fen,
        fees=row.fees_fen,
        flags=tuple(row.flags),
    )
