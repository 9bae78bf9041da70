"""Make the envelope of one disclosure: manifest, signature, sealed fields and openings.

Everything but the receipt is fixed here, in the disclosure's own transaction; the receipt is
joined at delivery, once a checkpoint covers the leaf.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from mingdai.consent.models import Grant
from mingdai.consent.recording import Composed
from mingdai.gate.models import Disclosure, Envelope
from mingdai.gate.proposing import Handover
from mingdai.gate.sealing import seal, sign_manifest
from mingdai.ledger.keys import origin
from mingdai.partners.models import SealingKey
from mingdai.words import FIELDS
from mingdai_proofs.encodings import encode_base64
from mingdai_proofs.envelopes import SUITE, Manifest, Payload, seal_info
from mingdai_proofs.merkle import leaf_hash

CALLBACK = "/api/events"
"""Where the lender's events go, on the platform."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a manifest says beside the handover itself."""

    disclosure_id: UUID
    grant: Grant
    key: SealingKey
    at: datetime


def write_manifest(handover: Handover, terms: Terms) -> bytes:
    """The manifest's canonical bytes."""
    return Manifest(
        application_id=str(handover.application_id),
        disclosure_id=str(terms.disclosure_id),
        platform=origin(),
        recipient=handover.partner_id,
        recipient_key_id=terms.key.kid,
        product_id=handover.product_id,
        product_version=handover.product_version,
        amount=handover.amount,
        term=handover.term,
        term_unit=handover.term_unit,
        purpose=handover.purpose,
        route=handover.route,
        carrier=handover.carrier_id or "",
        fields=tuple(each.code for each in FIELDS if each.code in handover.fields),
        grant_id=str(terms.grant.id),
        expires_at=_rfc3339(terms.grant.expires_at),
        callback=CALLBACK,
        sent_at=_rfc3339(terms.at),
    ).encode()


def seal_envelope(
    disclosure: Disclosure, composed: Composed, *, manifest: bytes, key: SealingKey
) -> Envelope:
    """The envelope row: what `composed` commits to, sealed to `key` with its leaf bound in."""
    payload = Payload(
        openings=tuple(each.bare() for each in composed.openings),
        opening_of_detail={
            "detail": dict(composed.detail),
            "key": encode_base64(composed.detail_key),
        },
    )
    info = seal_info(manifest, leaf_hash(composed.data))
    return Envelope(
        disclosure=disclosure,
        manifest=manifest,
        manifest_signature=sign_manifest(manifest),
        key_id=key.kid,
        suite=SUITE,
        sealed=seal(payload.encode(), public_key=bytes(key.public_key), info=info),
    )


def _rfc3339(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
