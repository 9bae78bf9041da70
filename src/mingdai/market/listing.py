"""List products: refuse what may not be listed, compute the cost of the rest once.

A product whose version is unchanged keeps its quotes; whether it may be listed is asked again.
Partners must exist before their products.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingdai.market import models
from mingdai.market.admitting import refusals
from mingdai.market.catalogue import product_of_spec
from mingdai.market.products import Product
from mingdai.market.quoting import Quote, quote_all

CHINA = ZoneInfo("Asia/Shanghai")


def list_products(products: Iterable[Product], *, at: datetime) -> list[models.Product]:
    """Put these products on the shelf, or on record with the reasons why not; one row each."""
    today = at.astimezone(CHINA).date()
    with transaction.atomic():
        return [_list(product, today=today, at=at) for product in products]


def relist(*, at: datetime) -> int:
    """Ask of every listed product again whether it may be listed; how many left the shelf.

    Licences end and ceilings change with the date: the worker asks once a day.
    """
    today = at.astimezone(CHINA).date()
    gone = 0
    for row in models.Product.objects.filter(delisted_at=None, refusals=[]):
        reasons = _reasons(product_of_spec(row.spec), today)
        if reasons:
            models.Product.objects.filter(pk=row.pk).update(refusals=reasons, listed_at=at)
            gone += 1
    return gone


def delist(product_id: str, *, at: datetime) -> None:
    """Take a product off the shelf; applications made before go on."""
    models.Product.objects.filter(pk=product_id, delisted_at=None).update(delisted_at=at)


def _list(product: Product, *, today: date, at: datetime) -> models.Product:
    reasons = _reasons(product, today)
    had = models.Product.objects.filter(pk=product.id).first()
    if had and had.version == product.version and had.refusals == reasons and not had.delisted_at:
        return had
    row, _ = models.Product.objects.update_or_create(
        id=product.id,
        defaults={
            "partner_id": str(product.lender.id),
            "version": product.version,
            "spec": product.spec,
            "lead_price_fen": product.lead_price,
            "listed_at": at,
            "delisted_at": None,
            "refusals": reasons,
        },
    )
    row.quotes.all().delete()
    if not reasons:
        models.Quote.objects.bulk_create(
            [_row(row, quote) for quote in quote_all(product, start=today)]
        )
    return row


def _reasons(product: Product, today: date) -> list[dict[str, str]]:
    return [
        {"code": each.code, "reason": each.reason, "source": each.source, "remedy": each.remedy}
        for each in refusals(product, today)
    ]


def _row(product: models.Product, quote: Quote) -> models.Quote:
    return models.Quote(
        product=product,
        amount_fen=quote.amount,
        span=str(quote.span),
        repayment=quote.repayment.value,
        simple_bps=quote.simple_bps,
        compound_bps=quote.compound_bps,
        total_repaid_fen=quote.total_repaid,
        net_received_fen=quote.net_received,
        first_payment_fen=quote.first_payment,
        interest_fen=quote.interest,
        fees_fen=quote.fees,
        flags=list(quote.flags),
    )
