"""持牌机构: a partner that receives fields is a lender with a valid licence, and active.

Platform policy, following 金规〔2025〕9号 (whitelist of cooperation, lenders only; official text
not read) and PIPL Art. 55-56 (an impact assessment gates activation).  A carrier is a credit
bureau with a credit-reporting licence.  Anybody not active, employees too, gets nothing.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from mingdai.words import (
    LicenceKind,
    PartnerKind,
    Proposal,
    Reason,
    Recipient,
    RecipientKind,
)

SOURCE = "platform policy, following 金规〔2025〕9号; PIPL Art. 55, 56"
MARK = "V2"
IN_FORCE = date(2025, 10, 1)

LENDER_LICENCES = frozenset(
    {
        LicenceKind.BANK,
        LicenceKind.CONSUMER_FINANCE,
        LicenceKind.SMALL_LOAN,
        LicenceKind.TRUST,
    }
)
"""Licences that allow their holder to lend."""

_CARRIER_LICENCES = frozenset({LicenceKind.CREDIT_REPORTING})
_SHANGHAI = ZoneInfo("Asia/Shanghai")


def refusal(proposal: Proposal) -> Reason | None:
    """Refuse whoever is not active, and a partner or carrier without its licence in force."""
    recipient, carrier = proposal.recipient, proposal.carrier
    if recipient.kind is RecipientKind.PARTNER and not (
        recipient.partner_kind is PartnerKind.LENDER
        and recipient.licence in LENDER_LICENCES
        and _in_force(recipient, proposal.at)
    ):
        return _refuse("recipient.unlicensed", recipient, "holds no lender's licence in force")
    if not recipient.active:
        return _refuse("recipient.suspended", recipient, "is not active")
    if carrier is None:
        return None
    if not (
        carrier.kind is RecipientKind.PARTNER
        and carrier.partner_kind is PartnerKind.CREDIT_BUREAU
        and carrier.licence in _CARRIER_LICENCES
        and _in_force(carrier, proposal.at)
    ):
        return _refuse("carrier.unlicensed", carrier, "holds no credit-reporting licence in force")
    if not carrier.active:
        return _refuse("carrier.suspended", carrier, "is not active")
    return None


def _in_force(holder: Recipient, at: datetime) -> bool:
    """Whether the licence's last day, in Asia/Shanghai, has not passed."""
    return holder.licence_until is None or at.astimezone(_SHANGHAI).date() <= holder.licence_until


def _refuse(code: str, who: Recipient, reason: str) -> Reason:
    return Reason(
        code=code,
        reason=f"{who.kind} {who.id} {reason}",
        source=SOURCE,
        remedy="have the partner's licence, contract and assessment reviewed first",
    )
