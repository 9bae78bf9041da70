"""Activate a partner once what the law asks for is on file.

A licence and its number, a contract and an impact assessment (PIPL Art. 21, 55;
网络数据安全管理条例 Art. 12).  Not promised: that the papers are true; who signs answers for that.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingdai.errors import Refused
from mingdai.partners.models import Partner, PartnerChange
from mingdai.words import ActorId, LicenceKind, PartnerKind, Reason

CHINA = ZoneInfo("Asia/Shanghai")
LICENSED_KINDS = frozenset({PartnerKind.LENDER, PartnerKind.GUARANTOR, PartnerKind.CREDIT_BUREAU})
"""Kinds of partner that may not work without a licence."""


def missing(partner: Partner, *, at: datetime) -> list[Reason]:
    """What still keeps `partner` from being activated, in the order to be dealt with."""
    found = []
    if partner.kind in LICENSED_KINDS and not _licensed(partner, at):
        found.append(
            _reason(partner, "partner.no_licence", "a licence in force", "金融机构持牌经营")
        )
    if not partner.contract_ref:
        found.append(
            _reason(partner, "partner.no_contract", "a contract", "网络数据安全管理条例 12")
        )
    if partner.assessed_at is None or partner.assessed_at > at:
        found.append(
            _reason(partner, "partner.not_assessed", "an impact assessment", "PIPL Art. 55")
        )
    return found


def activate(partner: Partner, *, actor: ActorId, reason: str, at: datetime) -> None:
    """Let disclosures go to `partner` from now on.

    Raises Refused with the first code of `missing`; nothing is then changed.
    """
    refusals = missing(partner, at=at)
    if refusals:
        raise Refused.because(refusals[0])
    with transaction.atomic():
        Partner.objects.filter(pk=partner.pk).update(status=Partner.Status.ACTIVE)
        PartnerChange.objects.create(
            partner=partner, actor=actor, act="activated", reason=reason, at=at
        )
    partner.status = Partner.Status.ACTIVE


def _licensed(partner: Partner, at: datetime) -> bool:
    if partner.licence == LicenceKind.NONE or not partner.licence_number:
        return False
    until = partner.licence_until
    return until is None or at.astimezone(CHINA).date() <= until


def _reason(partner: Partner, code: str, what: str, source: str) -> Reason:
    return Reason(
        code=code,
        reason=f"partner {partner.id} lacks {what}",
        source=source,
        remedy=f"put {what} on file, then activate again",
    )
