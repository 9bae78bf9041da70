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
from mingdai.partners.keying import find_receivers
from mingdai.partners.models import Partner, SealingKey
from mingdai.partners.recipients import as_recipient
from mingdai.rows import columns, fetch, restore
from mingdai.words import (
    LegalBasis,
    Proposal,
    Purpose,
    Reason,
    Recipient,
    RecipientKind,
    Route,
)

NOBODY = UUID(int=0)
"""The id of no row."""


@dataclass(frozen=True, slots=True)
class Handover:
    """One application to be handed to one partner.

    `registered` maps the field codes the product registered to their stated necessity; `amount`
    is yuan; `hops` counts companies between the borrower's consent and the recipient.  `quoted` is
    the cash flow the borrower was shown: the entry commits to it and the lender reads it.  `decoy`
    says that the borrower is made up; nobody who is sent it can tell.  `trial` are kinds of
    spelling to try on a test system: all in their second form, and the queue never sends it.
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
    decoy: bool = False
    trial: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Parties:
    """The rows behind a proposal to a partner, as they stand now; `key` is what to seal to."""

    partner: Partner
    carrier: Partner | None
    grant: Grant | None
    key: SealingKey | None


def find_parties(handover: Handover, *, at: datetime) -> Parties | Reason:
    """Lock the grant's row, then read the partners'; why not, where one of them is unknown here."""
    grant = _lock_grant(handover.grant_id)
    found = find_receivers(handover.partner_id, handover.carrier_id, at=at)
    recipient = found.get(handover.partner_id)
    if recipient is None:
        return _unknown("recipient")
    if handover.carrier_id is None:
        return Parties(recipient.partner, None, grant, recipient.key)
    carrier = found.get(handover.carrier_id)
    if carrier is None:
        return _unknown("carrier")
    return Parties(recipient.partner, carrier.partner, grant, recipient.key)


def _lock_grant(grant_id: UUID | None) -> Grant | None:
    """Read after waiting for whoever withdraws it; SQLite's transaction is alone anyway."""
    if grant_id is None:
        return None
    lock = "FOR UPDATE" if connection.features.has_select_for_update else ""
    statement = f"SELECT {columns(Grant, 'g')} FROM consent_grant g WHERE g.id = %s {lock}"  # noqa: S608 - names of our own columns
    rows = fetch(statement, [grant_id])
    return restore(Grant, rows[0]) if rows else None


def _unknown(role: str) -> Reason:
    """What was named is not repeated: nothing is known of it, so it may be anything."""
    return Reason(
        code="recipient.unknown",
        reason=f"the {role} is not a partner",
        source="PIPL Art. 23",
        remedy="name a partner that was reviewed",
    )


def propose_to_nobody(handover: Handover, at: datetime) -> Proposal:
    """The proposal of a handover whose recipient or carrier is unknown: only to be refused."""
    return Proposal(
        borrower_id=handover.borrower_id,
        recipient=Recipient(RecipientKind.PARTNER, id="", legal_name="", active=False),
        purpose=handover.purpose,
        fields=handover.fields,
        route=handover.route,
        basis=LegalBasis.CONSENT,
        at=at,
    )


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
