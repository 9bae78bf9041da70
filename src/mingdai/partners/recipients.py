"""A partner's row as the rules see a recipient."""

from __future__ import annotations

from mingdai.partners.models import Partner
from mingdai.words import LicenceKind, PartnerKind, Recipient, RecipientKind


def as_recipient(partner: Partner) -> Recipient:
    """What the law rules read of `partner`, as its row stands now."""
    return Recipient(
        kind=RecipientKind.PARTNER,
        id=partner.id,
        legal_name=partner.legal_name,
        partner_kind=PartnerKind(partner.kind),
        licence=LicenceKind(partner.licence),
        licence_number=partner.licence_number,
        licence_until=partner.licence_until,
        active=partner.status == Partner.Status.ACTIVE,
    )
