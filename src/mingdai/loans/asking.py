"""The consent sheet: everything a borrower is told before agreeing to one recipient.

A data structure for the page, and the exact text of the wording that a grant names by its hash.
Masked previews are on the sheet and not in the text.  Elements: PIPL Art. 17, 23, 30.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from mingdai.consent.wording import FieldLine, Locale, SheetFacts, compose, not_sent
from mingdai.loans.models import Application
from mingdai.market.catalogue import product_of_spec
from mingdai.market.money import yuan
from mingdai.market.products import AskedField, Product
from mingdai.vault.keeping import previews
from mingdai.words import FIELDS, Purpose, Route, Sensitivity


@dataclass(frozen=True, slots=True)
class SheetField:
    """One field of the sheet; `preview` is masked, "" where the borrower has not given it yet.

    An `optional` field is outside the necessary set and has an opt-in of its own.
    """

    code: str
    zh: str
    en: str
    sensitivity: Sensitivity
    reason: str
    preview: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The consent sheet of one application; `wording_id` is the hash of `text`.

    `carrier` is the legal name of the 受托方, "" for none: it relays sealed bytes, gets no field.
    `missing` are necessary fields to be given first.  `not_sent` is code, 中文, English.
    """

    application_id: UUID
    recipient: str
    recipient_en: str
    contact: str
    complaint_phone: str
    purpose: Purpose
    route: Route
    carrier: str
    retention_days: int
    grant_days: int
    fields: tuple[SheetField, ...]
    missing: tuple[str, ...]
    not_sent: tuple[tuple[str, str, str], ...]
    locale: Locale
    text: str
    wording_id: str
    cost_table_id: str

    @property
    def sensitive(self) -> frozenset[str]:
        """The fields to be agreed to one by one."""
        return frozenset(
            each.code for each in self.fields if each.sensitivity is Sensitivity.SENSITIVE
        )

    @property
    def necessary(self) -> frozenset[str]:
        """The fields without which there is no application."""
        return frozenset(each.code for each in self.fields if not each.optional)

    @property
    def optional(self) -> frozenset[str]:
        """The fields the borrower may leave out."""
        return frozenset(each.code for each in self.fields if each.optional)


def consent_sheet(application: Application, *, locale: Locale) -> Sheet:
    """The sheet of this application in one language; nothing is written by showing it."""
    product = product_of_application(application)
    fields = _fields(application, product, locale)
    partner, route = application.partner, Route(application.route)
    text = compose(_facts(application, product, fields, locale), locale)
    return Sheet(
        application_id=application.pk,
        recipient=partner.legal_name,
        recipient_en=partner.legal_name_en or partner.legal_name,
        contact=partner.contact,
        complaint_phone=partner.complaint_phone,
        purpose=Purpose.CREDIT_DECISION,
        route=route,
        carrier=application.carrier.legal_name if application.carrier else "",
        retention_days=partner.retention_days,
        grant_days=settings.MINGDAI_GRANT_DAYS,
        fields=fields,
        missing=tuple(each.code for each in fields if not each.optional and not each.preview),
        not_sent=not_sent(frozenset(each.code for each in fields)),
        locale=locale,
        text=text,
        wording_id=hashlib.sha256(text.encode()).hexdigest(),
        cost_table_id=application.cost_table_id,
    )


def product_of_application(application: Application) -> Product:
    """The product as its row stands now."""
    return product_of_spec(application.product.spec)


def _fields(application: Application, product: Product, locale: Locale) -> tuple[SheetField, ...]:
    if application.route == Route.LENDER_PAGE:
        return ()
    asked = {each.code: each for each in product.fields}
    known = previews(application.borrower)
    return tuple(
        SheetField(
            code=each.code,
            zh=each.zh,
            en=each.en,
            sensitivity=each.sensitivity,
            reason=_reason(asked[each.code], locale),
            preview=known.get(each.code, ""),
            optional=not each.necessary,
        )
        for each in FIELDS
        if each.code in asked
    )


def _reason(asked: AskedField, locale: Locale) -> str:
    return asked.reason_en if locale == "en" else asked.reason_zh


def _facts(
    application: Application, product: Product, fields: tuple[SheetField, ...], locale: Locale
) -> SheetFacts:
    partner, english = application.partner, locale == "en"
    carrier = application.carrier
    return SheetFacts(
        recipient=(english and partner.legal_name_en) or partner.legal_name,
        contact=partner.contact,
        complaint_phone=partner.complaint_phone,
        product=product.name_en if english else product.name,
        amount=yuan(application.amount_fen),
        term=application.term,
        term_unit=application.term_unit,
        purpose=Purpose.CREDIT_DECISION,
        route=Route(application.route),
        carrier=((english and carrier.legal_name_en) or carrier.legal_name) if carrier else "",
        retention_days=partner.retention_days,
        grant_days=settings.MINGDAI_GRANT_DAYS,
        fields=tuple(FieldLine(each.code, each.reason) for each in fields),
    )
