"""The demo catalogue as test data: six made-up lenders and their products."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mingdai.market.catalogue import read_catalogue
from mingdai.market.products import Product
from mingdai.partners.models import Partner
from mingdai.words import PartnerKind
from tests.conftest import NOON

PRODUCTS = read_catalogue(
    Path(__file__).resolve().parents[2] / "src" / "mingdai_demo" / "catalogue"
)


def add_partners(products: Iterable[Product]) -> None:
    """A row for each lender of these products, active."""
    for lender in {product.lender for product in products}:
        Partner.objects.create(
            id=lender.id,
            kind=PartnerKind.LENDER,
            legal_name=lender.legal_name,
            short_name=lender.short_name,
            licence=lender.licence,
            licence_number=lender.licence_number,
            licence_until=lender.licence_until,
            contact=lender.contact,
            complaint_phone=lender.complaint_phone,
            status=Partner.Status.ACTIVE,
            created_at=NOON,
        )
