"""The catalogue: one TOML file a lender, read into frozen products.

docs/catalogue.md documents every key.  Reading refuses what is not well formed; whether a
well-formed product may be listed is `admitting.py`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from mingdai.errors import Invalid
from mingdai.market.bands import CODES
from mingdai.market.canonical import Json, content_hash
from mingdai.market.products import (
    AskedField,
    DefaultBasis,
    DefaultCost,
    DefaultKind,
    Eligibility,
    Lender,
    Product,
)
from mingdai.market.schedules import Fee, FeeBasis, FeeKind, FeeTiming, PayeeKind, Repayment, Span
from mingdai.market.tables import Table
from mingdai.words import LicenceKind, PartnerId, Route

_SPAN = re.compile(r"([1-9][0-9]{0,3})([md])", re.ASCII)
_LONGEST = {"m": 360, "d": 3650}


def read_lender_file(text: str) -> tuple[Product, ...]:
    """The products of one catalogue file, in its order.

    Raises Invalid `catalogue.not_toml`, `catalogue.missing_key`, `catalogue.unknown_key`,
    `catalogue.unknown_word`, `catalogue.bad_value`, `catalogue.twice` or `money.…`.
    """
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Invalid(code="catalogue.not_toml", reason="the file is not TOML") from error
    root = Table(raw, "")
    lender = _lender(root.table("lender"))
    tables = root.tables("product")
    root.close()
    specs = [_without_price(each) for each in raw.get("product", [])]
    lender_spec = _plain(raw["lender"])
    products = tuple(
        _product(table, lender, {"lender": lender_spec, "product": spec})
        for table, spec in zip(tables, specs, strict=True)
    )
    _refuse_twice([product.id for product in products])
    return products


def read_catalogue(folder: Path) -> tuple[Product, ...]:
    """All products of a folder's `*.toml`, by file name.

    Raises Invalid as `read_lender_file` does, and `catalogue.twice` over all files.
    """
    products = [
        product
        for path in sorted(folder.glob("*.toml"))
        for product in read_lender_file(path.read_text(encoding="utf-8"))
    ]
    _refuse_twice([product.id for product in products])
    return tuple(products)


def catalogue_hash(products: tuple[Product, ...]) -> str:
    """The version of a whole catalogue: the hash of its products' versions, by id."""
    return content_hash({product.id: product.version for product in products})


def _refuse_twice(ids: list[str]) -> None:
    if len(set(ids)) != len(ids):
        raise Invalid(code="catalogue.twice", reason="two products have one id", field="product.id")


def _lender(table: Table) -> Lender:
    lender = Lender(
        id=PartnerId(table.slug("id", longest=24)),
        legal_name=table.text("legal_name"),
        short_name=table.text("short_name"),
        legal_name_en=table.text("legal_name_en"),
        licence=table.word("licence", LicenceKind),
        licence_number=table.text("licence_number", default=""),
        licence_until=table.day("licence_until"),
        contact=table.text("contact"),
        complaint_phone=table.text("complaint_phone", default=""),
        retention_days=table.number("retention_days"),
    )
    table.close()
    return lender


def _product(table: Table, lender: Lender, spec: dict[str, Json]) -> Product:
    product = Product(
        id=table.slug("id", longest=40),
        lender=lender,
        name=table.text("name"),
        name_en=table.text("name_en"),
        route=table.word("route", Route),
        page=table.text("page", default=""),
        amount_min=table.money("amount_min"),
        amount_max=table.money("amount_max"),
        spans=tuple(_span(text) for text in table.texts("terms")),
        repayments=table.words("repayments", Repayment),
        annual_pct=table.percent("annual_pct"),
        fees=tuple(_fee(each) for each in table.tables("fee")),
        default_costs=tuple(_default_cost(each) for each in table.tables("default_cost")),
        eligibility=_eligibility(table.table("eligibility")),
        fields=_fields(table.table("fields")),
        lead_price=table.money("lead_price", default="0"),
        version=content_hash(spec),
        spec=spec,
    )
    table.close()
    return product


def _span(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if not match or int(match[1]) > _LONGEST[match[2]]:
        raise Invalid(
            code="catalogue.bad_value",
            reason="product.terms must be months (12m, at most 360m) or days (30d)",
            field="product.terms",
        )
    return Span(months=int(match[1])) if match[2] == "m" else Span(days=int(match[1]))


def _fee(table: Table) -> Fee:
    basis = table.word("basis", FeeBasis)
    fee = Fee(
        kind=table.word("kind", FeeKind),
        payee_kind=table.word("payee_kind", PayeeKind),
        payee=table.text("payee"),
        timing=table.word("timing", FeeTiming),
        basis=basis,
        value=_value(table, money=basis is FeeBasis.FIXED),
    )
    table.close()
    return fee


def _default_cost(table: Table) -> DefaultCost:
    basis = table.word("basis", DefaultBasis)
    cost = DefaultCost(
        kind=table.word("kind", DefaultKind),
        payee_kind=table.word("payee_kind", PayeeKind),
        payee=table.text("payee"),
        basis=basis,
        value=_value(table, money=basis is DefaultBasis.FIXED),
    )
    table.close()
    return cost


def _value(table: Table, *, money: bool) -> Fraction:
    return Fraction(table.money("value")) if money else table.percent("value")


def _eligibility(table: Table) -> Eligibility:
    eligibility = Eligibility(
        age_min=table.number("age_min"),
        age_max=table.number("age_max"),
        regions=table.codes("regions", CODES["region"]),
        employment=table.codes("employment", CODES["employment"]),
        income=table.codes("income", CODES["income"]),
    )
    table.close()
    return eligibility


def _fields(table: Table) -> tuple[AskedField, ...]:
    return tuple(AskedField(code, *reasons) for code, reasons in table.pairs().items())


def _without_price(raw: dict[str, object]) -> Json:
    return _plain({key: value for key, value in raw.items() if key != "lead_price"})


def _plain(value: object) -> Json:
    """TOML values as JSON: dates become text, nothing else changes."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int) else str(value)


def product_of_spec(spec: dict[str, Json], *, lead_price: int = 0) -> Product:
    """The product a stored `Product.spec` describes; its version is that of the spec.

    Raises Invalid as `read_lender_file` does.
    """
    raw = spec["lender"]
    if not isinstance(raw, dict):
        raise Invalid(code="catalogue.bad_value", reason="lender must be a table", field="lender")
    until = raw.get("licence_until")
    dated = {**raw, "licence_until": date.fromisoformat(until)} if isinstance(until, str) else raw
    product = _product(Table(spec["product"], "product"), _lender(Table(dated, "lender")), spec)
    return replace(product, lead_price=lead_price)
