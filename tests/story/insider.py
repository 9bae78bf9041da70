"""What somebody with the platform's own code and keys tries past the pages: TURN APPLICATION.

Prints the code it was refused with, or `done`.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from uuid import UUID, uuid4

import django

django.setup()

import httpx  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from mingdai.consent.granting import GrantRequest, grant  # noqa: E402
from mingdai.errors import Refused  # noqa: E402
from mingdai.gate.disclosing import disclose_or_record, disclose_to_partner  # noqa: E402
from mingdai.gate.models import Disclosure  # noqa: E402
from mingdai.gate.proposing import Handover  # noqa: E402
from mingdai.ledger.proving import receipt_of  # noqa: E402
from mingdai.loans.asking import product_of_application  # noqa: E402
from mingdai.loans.models import Application  # noqa: E402
from mingdai.market.money import yuan  # noqa: E402
from mingdai.partners.models import Partner  # noqa: E402
from mingdai.words import Purpose, Route  # noqa: E402
from mingdai_proofs.envelopes import Envelope as Wire  # noqa: E402
from mingdai_proofs.receipts import Receipt  # noqa: E402

BANK = "baifu"


class RolledBackError(Exception):
    """Leaves a transaction without its entry."""


def handover_of(application: Application, **changes: object) -> Handover:
    """The handover this application was for; `changes` make it another."""
    columns: dict[str, object] = {
        "borrower_id": application.borrower_id,
        "partner_id": application.partner_id,
        "carrier_id": application.carrier_id,
        "grant_id": application.grant_id,
        "application_id": application.pk,
        "product_id": application.product_id,
        "product_version": application.product_version,
        "amount": yuan(application.amount_fen),
        "term": application.term,
        "term_unit": application.term_unit,
        "route": Route(application.route),
        "fields": frozenset(application.grant.fields),
        "registered": product_of_application(application).registered(),
        "quoted": application.quoted,
    }
    return Handover(**{**columns, **changes})


def try_to_disclose(application: Application, **changes: object) -> str:
    """Through the gate, which is the only way to the values."""
    try:
        disclose_to_partner(handover_of(application, **changes), at=timezone.now())
    except Refused as refused:
        return refused.code
    return "done"


def straight_to(partner_id: str, application: Application) -> dict[str, object]:
    """A consent of its own to this recipient, direct: what would have to hold for it."""
    given, new_id = application.grant, uuid4()
    direct = grant(
        GrantRequest(
            borrower=application.borrower,
            recipient=Partner.objects.get(pk=partner_id),
            carrier=None,
            application_id=new_id,
            product_id=given.product_id,
            purpose=Purpose.CREDIT_DECISION,
            route=Route.DIRECT,
            fields=frozenset(given.fields),
            sensitive_agreed=frozenset(given.sensitive_agreed),
            wording=given.wording,
        ),
        at=timezone.now(),
    )
    return {
        "partner_id": partner_id,
        "carrier_id": None,
        "grant_id": direct.pk,
        "application_id": new_id,
        "route": Route.DIRECT,
    }


def send_unlogged(application: Application) -> str:
    """Sealed and signed with the platform's keys, its entry rolled back: with another's receipt.

    What the lender said.
    """
    wire = b""
    try:
        with transaction.atomic():
            row = disclose_or_record(handover_of(application), at=timezone.now())
            other = Disclosure.objects.get(pk=application.disclosure_id)
            wire = wire_with(row, Receipt.from_json(receipt_of(other.entry)))
            raise RolledBackError
    except RolledBackError:
        return post(application, wire, key=str(row.pk))


def send_without_receipt(application: Application) -> str:
    """The same, with no receipt at all; what the lender said."""
    wire = b""
    try:
        with transaction.atomic():
            row = disclose_or_record(handover_of(application), at=timezone.now())
            wire = wire_with(row, None)
            raise RolledBackError
    except RolledBackError:
        return post(application, wire, key=str(row.pk))


def wire_with(row: Disclosure, receipt: Receipt | None) -> bytes:
    """The envelope's bytes as the delivery would send them."""
    sealed = row.envelope
    return Wire(
        manifest=bytes(sealed.manifest),
        manifest_signature=bytes(sealed.manifest_signature),
        sealed=bytes(sealed.sealed),
        receipt=receipt,
    ).encode()


def post(application: Application, wire: bytes, *, key: str) -> str:
    """Straight to the lender's endpoint."""
    headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
    url = f"{application.partner.endpoint}/applications"
    answer = httpx.post(url, content=wire, headers=headers, timeout=10)
    return f"{answer.status_code} {answer.json()['code']}"


def main(turn: str, application_id: str) -> None:
    """Try one turn."""
    rows = Application.objects.select_related("grant__wording", "partner", "borrower")
    application = rows.get(pk=UUID(application_id))
    lender = Partner.objects.filter(pk=application.partner_id)
    yesterday = timezone.now().date() - timedelta(days=2)
    match turn:
        case "again":
            said = try_to_disclose(application)
        case "more fields":
            fields = frozenset([*application.grant.fields, "address"])
            said = try_to_disclose(application, fields=fields)
        case "other route":
            said = try_to_disclose(application, route=Route.DIRECT, carrier_id=None)
        case "straight to a bank":
            said = try_to_disclose(application, **straight_to(BANK, application))
        case "unlogged":
            said = send_unlogged(application)
        case "no receipt":
            said = send_without_receipt(application)
        case "licence ends":
            said = str(lender.update(licence_until=yesterday))
        case "licence renewed":
            said = str(lender.update(licence_until=yesterday + timedelta(days=999)))
        case other:
            said = f"unknown turn {other}"
    sys.stdout.write(f"{said}\n")


main(sys.argv[1], sys.argv[2])
