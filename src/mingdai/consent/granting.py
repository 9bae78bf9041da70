"""Write down a borrower's consent, or a refusal.

A grant names one recipient, one purpose, the exact fields, the wording shown and an end; its row
and its ledger entry are written together or not at all.  After a refusal nobody asks again for
the cool-down (网络数据安全管理条例 Art. 22(5)).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from mingdai.accounts.models import Borrower
from mingdai.consent.models import Declined, Grant, Wording
from mingdai.consent.recording import Act, record
from mingdai.errors import Invalid
from mingdai.partners.models import Partner
from mingdai.words import (
    FIELD_BY_CODE,
    FIELDS,
    LegalBasis,
    Purpose,
    Reason,
    Route,
    Sensitivity,
)
from mingdai_proofs.entries import EntryKind


@dataclass(frozen=True, slots=True)
class GrantRequest:
    """What the borrower agreed to, as shown.  `cost_table` is the hash of the one confirmed."""

    borrower: Borrower
    recipient: Partner
    carrier: Partner | None
    application_id: uuid.UUID
    product_id: str
    purpose: Purpose
    route: Route
    fields: frozenset[str]
    sensitive_agreed: frozenset[str]
    wording: Wording
    cost_table: str = ""


def grant(request: GrantRequest, *, at: datetime) -> Grant:
    """Keep the consent and its leaf; it ends by itself after `MINGDAI_GRANT_DAYS`.

    Raises Invalid where the request names no known field, or agrees to a sensitive field that is
    not among the fields.
    """
    _check(request)
    fields = [each.code for each in FIELDS if each.code in request.fields]
    row = Grant(
        borrower=request.borrower,
        recipient=request.recipient,
        carrier=request.carrier,
        application_id=request.application_id,
        product_id=request.product_id,
        purpose=request.purpose,
        route=request.route,
        fields=fields,
        sensitive_agreed=[code for code in fields if code in request.sensitive_agreed],
        wording=request.wording,
        cost_table=request.cost_table,
        granted_at=at,
        expires_at=at + timedelta(days=settings.MINGDAI_GRANT_DAYS),
    )
    with transaction.atomic():
        row.entry_id = record(_granted(row), at=at).entry_id
        row.save(force_insert=True)
    return row


def decline(borrower: Borrower, *, recipient: Partner, purpose: Purpose, at: datetime) -> Declined:
    """Keep the refusal; `may_ask` then says no for the cool-down."""
    return Declined.objects.create(
        borrower=borrower, recipient=recipient, purpose=purpose, declined_at=at
    )


def may_ask(
    borrower: Borrower, *, recipient: Partner, purpose: Purpose, at: datetime
) -> Reason | None:
    """Why this borrower must not be asked now, or None."""
    cooldown = timedelta(days=settings.MINGDAI_REFUSAL_COOLDOWN_DAYS)
    asked = Declined.objects.filter(
        borrower=borrower, recipient=recipient, purpose=purpose, declined_at__gt=at - cooldown
    )
    if not asked.exists():
        return None
    return Reason(
        code="consent.declined_lately",
        reason=f"borrower {borrower.id} refused {recipient.id} less than {cooldown.days} days ago",
        source="网络数据安全管理条例 Art. 22(5)",
        remedy="wait; the borrower may still choose another product",
    )


def _granted(row: Grant) -> Act:
    return Act(
        kind=EntryKind.GRANTED,
        borrower_id=row.borrower_id,
        recipient=row.recipient_id,
        purpose=row.purpose,
        basis=LegalBasis.CONSENT,
        route=row.route,
        fields=tuple(row.fields),
        detail={
            "grant": str(row.id),
            "application": str(row.application_id),
            "carrier": row.carrier_id or "",
            "sensitive_agreed": list(row.sensitive_agreed),
            "wording": row.wording_id,
            "cost_table": row.cost_table,
            "expires_at": row.expires_at.isoformat(),
        },
    )


def _check(request: GrantRequest) -> None:
    if not request.fields <= FIELD_BY_CODE.keys():
        raise Invalid(code="consent.unknown_field", reason="a field is not in the catalogue")
    if not request.fields and request.route is not Route.LENDER_PAGE:
        raise Invalid(code="consent.no_fields", reason="a grant names at least one field")
    sensitive = {
        code for code in request.fields if FIELD_BY_CODE[code].sensitivity is Sensitivity.SENSITIVE
    }
    if not request.sensitive_agreed <= sensitive:
        raise Invalid(
            code="consent.agreed_beyond",
            reason="what is agreed separately is not a sensitive field of the grant",
        )
