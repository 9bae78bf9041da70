"""Know that a message is a partner's own: its webhook secret, kept sealed, and what it signed.

The signature is HMAC-SHA-256 over the raw body with the time and the event's id inside
(`mingdai_proofs.webhooks`); an old time is refused here, the same event twice by `intaking`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from mingdai.errors import Invalid, Refused
from mingdai.partners.models import Partner, WebhookSecret
from mingdai.vault.guarding import seal_secret, unseal_secret
from mingdai_proofs.flaws import Flaw
from mingdai_proofs.webhooks import verify_webhook

MAX_BODY_BYTES = 262_144
KINDS = frozenset(
    {
        "received",
        "need_documents",
        "approved",
        "rejected",
        "disbursed",
        "repayment_plan",
        "closed",
    }
)
"""What a lender may tell us (docs/api.md)."""


@dataclass(frozen=True, slots=True)
class VerifiedEvent:
    """An event whose signature was checked; `data` is as the lender wrote it, not yet believed."""

    partner: Partner
    event_id: str
    kind: str
    application_id: UUID
    occurred_at: datetime
    data: dict[str, Any]


def issue_secret(partner: Partner, *, at: datetime, rng: Callable[[int], bytes]) -> str:
    """A new webhook secret of the partner, in clear for the only time; older ones stay valid."""
    secret = rng(32).hex()
    sealed = seal_secret(secret.encode(), _label(partner))
    WebhookSecret.objects.create(partner=partner, sealed=sealed, created_at=at)
    return secret


def verify_event(partner: Partner, *, header: str, body: bytes, at: datetime) -> VerifiedEvent:
    """The event in `body`, signed by `partner`.

    Raises Refused (`webhook.…`) for a signature that does not hold, Invalid (`event.…`) for a body
    that is no event.
    """
    if len(body) > MAX_BODY_BYTES:
        raise Invalid(code="event.too_large", reason=f"an event has at most {MAX_BODY_BYTES} bytes")
    found = verify_webhook(_secrets(partner), header=header, body=body, now_s=int(at.timestamp()))
    if isinstance(found, Flaw):
        raise Refused(code=found.code, reason=found.reason, source="docs/api.md")
    event = read_event(partner, body)
    if event.event_id != found:
        raise Invalid(
            code="event.other_id", reason="the body has another event id", field="event_id"
        )
    return event


def read_event(partner: Partner, body: bytes) -> VerifiedEvent:
    """What the body says; raises Invalid (`event.…`).  Its signature is not checked here."""
    try:
        value = json.loads(body)
        occurred_at = datetime.fromisoformat(value["occurred_at"])
        event = VerifiedEvent(
            partner=partner,
            event_id=_text(value, "event_id"),
            kind=_text(value, "kind"),
            application_id=UUID(_text(value, "application_id")),
            occurred_at=occurred_at,
            data=value["data"],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid(code="event.malformed", reason="the body is not an event") from error
    if event.kind not in KINDS or not isinstance(event.data, dict):
        raise Invalid(code="event.kind", reason="the event is of no known kind", field="kind")
    if occurred_at.utcoffset() is None:
        raise Invalid(code="event.naive_time", reason="the time has no zone", field="occurred_at")
    return event


def _secrets(partner: Partner) -> list[bytes]:
    rows = WebhookSecret.objects.filter(partner=partner, revoked_at=None).order_by("-created_at")
    return [unseal_secret(bytes(row.sealed), _label(partner)) for row in rows]


def _label(partner: Partner) -> str:
    return f"webhook:{partner.pk}"


def _text(value: dict[str, Any], name: str) -> str:
    found = value[name]
    if not isinstance(found, str) or not 0 < len(found) <= 64:
        raise ValueError(name)
    return found
