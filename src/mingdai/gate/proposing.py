"""Put a read before the rules: who wants which fields of whom, why, by which way.

Rows are read again here, under a lock on the grant, whatever the caller holds: an invented grant
does not exist, a withdrawn one is seen as withdrawn, a suspended partner as suspended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from mingdai.accounts.models import Ticket
from mingdai.consent.models import Grant, RelayConsent
from mingdai.errors import Refused
from mingdai.partners.models import Partner
from mingdai.partners.recipients import as_recipient
from mingdai.words import (
    LegalBasis,
    Proposal,
    Purpose,
    Recipient,
    RecipientKind,
    Route,
)

NOBODY = UUID(int=0)
"""The id of no row."""


_GRANT = "SELECT * FROM consent_grant WHERE id = %s"
_PARTNERS = "SELECT * FROM partners_partner WHERE id IN (%s, %s)"
# Written out because every disclosure asks them: composing them anew costs more than answering.


@dataclass(frozen=True, slots=True)
class Handover:
    """One application to be handed to one partner.

    `registered` maps the field codes the product registered to their stated necessity; `amount`
    is yuan; `hops` counts companies between the borrower's consent and the recipient.  `quoted` is
    the cash flow the borrower was shown: the entry commits to it and the lender reads it.
    """

    borrower_id: UUID
    partner_id: str
    carrier_id: str | None
    grant_id: UUID | None
    application_id: UUID
    product_id: str
    product_version: str
    amount: str
    term: int
    term_unit: str
    route: Route
    fields: frozenset[str]
    registered: Mapping[str, str]
    purpose: Purpose = Purpose.CREDIT_DECISION
    hops: int = 1
    quoted: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parties:
    """The rows behind a proposal to a partner, as they stand now."""

    partner: Partner
    carrier: Partner | None
    grant: Grant | None


def find_parties(handover: Handover) -> Parties:
    """Lock the grant's row and read the partners'; raises Refused for a partner unknown here."""
    grant = _lock_grant(handover.grant_id)
    wanted = {each for each in (handover.partner_id, handover.carrier_id) if each is not None}
    found = {each.pk: each for each in Partner.objects.raw(_PARTNERS, _two(sorted(wanted)))}
    if not wanted <= found.keys():
        raise Refused(
            code="recipient.unknown",
            reason="the recipient or the carrier is not a partner",
            source="PIPL Art. 23",
            remedy="name a partner that was reviewed",
        )
    carrier = None if handover.carrier_id is None else found[handover.carrier_id]
    return Parties(found[handover.partner_id], carrier, grant)


def _lock_grant(grant_id: UUID | None) -> Grant | None:
    if grant_id is None:
        return None
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    key = Grant._meta.pk.get_db_prep_value(grant_id, connection)
    return next(iter(Grant.objects.raw(_GRANT + lock, [key])), None)


def _two(ids: list[str]) -> list[str]:
    return [ids[0], ids[-1]]


def propose_to_partner(
    handover: Handover, parties: Parties, *, age: int | None, at: datetime
) -> Proposal:
    """The proposal to hand fields to a partner.

    A grant withdrawn by now counts as withdrawn, even where `at` was read a moment before.
    """
    grant = parties.grant
    moment = max(at, grant.withdrawn_at) if grant and grant.withdrawn_at else at
    return Proposal(
        borrower_id=handover.borrower_id,
        recipient=as_recipient(parties.partner),
        purpose=handover.purpose,
        fields=handover.fields,
        route=handover.route,
        basis=LegalBasis.CONSENT,
        at=moment,
        grant=grant,
        carrier=None if parties.carrier is None else as_recipient(parties.carrier),
        registered=dict(handover.registered),
        age=age,
        hops=handover.hops,
        exemption=parties.partner.direct_exemption,
    )


def propose_to_staff(ticket: Ticket | None, staff_id: UUID, code: str, at: datetime) -> Proposal:
    """The proposal that an employee reads one field on a ticket."""
    return Proposal(
        borrower_id=ticket.borrower_id if ticket else NOBODY,
        recipient=Recipient(RecipientKind.STAFF, f"staff:{staff_id}", legal_name=""),
        purpose=Purpose.CASE_HANDLING,
        fields=frozenset({code}),
        route=Route.INSIDE,
        basis=LegalBasis.STATUTORY_DUTY,
        at=at,
        ticket=ticket,
    )


def propose_own_view(borrower_id: UUID, codes: frozenset[str], at: datetime) -> Proposal:
    """The proposal that a borrower sees the own fields (PIPL Art. 45)."""
    return Proposal(
        borrower_id=borrower_id,
        recipient=Recipient(RecipientKind.BORROWER, f"borrower:{borrower_id}", legal_name=""),
        purpose=Purpose.OWN_VIEW,
        fields=codes,
        route=Route.INSIDE,
        basis=LegalBasis.RIGHT_OF_ACCESS,
        at=at,
    )


def propose_relay(borrower_id: UUID, setting: RelayConsent | None, at: datetime) -> Proposal:
    """The proposal that a letter goes on to the borrower's own address (`law.own_relay`)."""
    return Proposal(
        borrower_id=borrower_id,
        recipient=Recipient(RecipientKind.BORROWER, f"borrower:{borrower_id}", legal_name=""),
        purpose=Purpose.RELAY,
        fields=frozenset({"email"}),
        route=Route.INSIDE,
        basis=LegalBasis.CONSENT,
        at=at,
        grant=setting,
    )
