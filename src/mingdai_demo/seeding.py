"""Seed the demo world: six made-up lenders, a credit bureau, their products, one employee.

Safe to repeat: what is there stays, addresses and listings are brought up to date.  Refused in
production.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from mingdai.errors import Refused
from mingdai.gate.sealing import manifest_public_key
from mingdai.ledger import keys as ledger_keys
from mingdai.market.catalogue import read_catalogue
from mingdai.market.listing import list_products
from mingdai.market.products import Lender, Product
from mingdai.partners.admitting import issue_key
from mingdai.partners.keying import add_sealing_key
from mingdai.partners.models import ApiKey, Partner, SealingKey, WebhookSecret
from mingdai.partners.reviewing import activate
from mingdai.trace.expecting import register_sender
from mingdai.vault.guarding import seal_secret
from mingdai.words import ActorId, LicenceKind, PartnerKind, Route
from mingdai_client.keying import sealing_key_id, sealing_public, signing_public
from mingdai_demo.keyring import load_or_make, save, seed_of
from mingdai_demo.posting import make_senders

CATALOGUE = Path(__file__).resolve().parent / "catalogue"
BUREAU = ("mingzheng-cra", "示例明征个人征信有限公司")
ACTOR = ActorId("system")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where this demo's processes answer, without a trailing slash."""

    platform: str
    sandbox: str


def sandbox_config() -> Path:
    """The sandbox's configuration file in the data folder."""
    return Path(settings.MINGDAI_DATA) / "sandbox" / "config.json"


def seed(addresses: Addresses, *, at: datetime) -> None:
    """Bring the world up to date.  Raises Refused (`demo.production`) in production."""
    if settings.MINGDAI_PRODUCTION:
        raise Refused(
            code="demo.production",
            reason="the demo world is made up and has no place in production",
            remedy="unset MINGDAI_PRODUCTION, or do not seed",
        )
    products = read_catalogue(CATALOGUE)
    domains = sorted({mail_domain(product.lender.contact) for product in products})
    make_senders(settings.MINGDAI_DATA, domains)
    lenders = {product.lender.id: product.lender for product in products}
    config = load_or_make(
        sandbox_config(), {key: each.legal_name for key, each in lenders.items()}, BUREAU
    )
    _seed_bureau(addresses, at=at)
    for secret in config["lenders"]:
        partner = _seed_lender(lenders[secret["id"]], addresses=addresses, products=products, at=at)
        _exchange_keys(partner, secret, at=at)
    config["platform"] = _trusted(addresses)
    config["folder"] = str(sandbox_config().parent / "state")
    save(sandbox_config(), config)
    list_products(products, at=at)


def _trusted(addresses: Addresses) -> dict[str, str]:
    """What a lender trusts of the platform."""
    return {
        "url": addresses.platform,
        "policy": ledger_keys.policy_text(),
        "manifest_key": base64.b64encode(manifest_public_key()).decode(),
    }


def _seed_bureau(addresses: Addresses, *, at: datetime) -> None:
    partner, _ = Partner.objects.update_or_create(
        id=BUREAU[0],
        defaults={"endpoint": f"{addresses.sandbox}/bureau"},
        create_defaults={
            "kind": PartnerKind.CREDIT_BUREAU,
            "legal_name": BUREAU[1],
            "short_name": "示例明征征信",
            "legal_name_en": "Example Mingzheng Personal Credit Reporting Co., Ltd.",
            "licence": LicenceKind.CREDIT_REPORTING,
            "licence_number": "示例征信A0001",
            "contact": "示例市示例路1号 privacy@mingzheng.example",
            "complaint_phone": "400-000-0100",
            "adapter": "credit_agency",
            "endpoint": f"{addresses.sandbox}/bureau",
            "contract_ref": "示例合同-征信-001",
            "assessed_at": at,
            "created_at": at,
        },
    )
    _activate(partner, at=at)


def _seed_lender(
    lender: Lender, *, addresses: Addresses, products: tuple[Product, ...], at: datetime
) -> Partner:
    routes = {product.route for product in products if product.lender.id == lender.id}
    endpoint = f"{addresses.sandbox}/lenders/{lender.id}"
    partner, _ = Partner.objects.update_or_create(
        id=lender.id,
        defaults={"endpoint": endpoint},
        create_defaults={
            "kind": PartnerKind.LENDER,
            "legal_name": lender.legal_name,
            "short_name": lender.short_name,
            "legal_name_en": lender.legal_name_en,
            "licence": lender.licence,
            "licence_number": lender.licence_number,
            "licence_until": lender.licence_until,
            "contact": lender.contact,
            "complaint_phone": lender.complaint_phone,
            "retention_days": lender.retention_days,
            "adapter": "native" if Route.DIRECT in routes else "credit_agency",
            "endpoint": endpoint,
            "contract_ref": f"示例合同-{lender.id}-001",
            "assessed_at": at,
            "created_at": at,
        },
    )
    _activate(partner, at=at)
    register_sender(partner.pk, mail_domain(lender.contact), actor=ACTOR, at=at)
    return partner


def mail_domain(contact: str) -> str:
    """The domain a made-up lender writes from: that of its privacy contact."""
    return contact.rpartition("@")[2]


def _activate(partner: Partner, *, at: datetime) -> None:
    if partner.status == Partner.Status.DRAFT:
        activate(partner, actor=ACTOR, reason="示例数据", at=at)


def _exchange_keys(partner: Partner, secret: dict[str, Any], *, at: datetime) -> None:
    """Register the lender's public keys and secrets with the platform, once."""
    opening = secret["opening_keys"][0]
    public = sealing_public(seed_of(opening["seed"]))
    opening["kid"] = sealing_key_id(public)
    if not SealingKey.objects.filter(partner=partner, kid=opening["kid"]).exists():
        add_sealing_key(partner, kid=opening["kid"], public_key=public, actor=ACTOR, at=at)
    signing = base64.b64encode(signing_public(seed_of(secret["signing_seed"]))).decode()
    Partner.objects.filter(pk=partner.pk).update(countersign_key=signing)
    if not WebhookSecret.objects.filter(partner=partner, revoked_at=None).exists():
        sealed = seal_secret(secret["webhook_secret"].encode(), f"webhook:{partner.pk}")
        WebhookSecret.objects.create(partner=partner, sealed=sealed, created_at=at)
    if not secret["api_key"] or not ApiKey.objects.filter(partner=partner).exists():
        secret["api_key"] = issue_key(partner, actor=ACTOR, at=at, rng=secrets.token_bytes)
