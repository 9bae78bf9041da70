"""A partner's public sealing keys: versions by id, overlapping at rotation.

Envelopes are sealed to the newest key in force; older ones stay on record so that an envelope
names the key it was sealed to.  The private keys are the partner's and are never here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingdai.errors import Invalid
from mingdai.partners.models import Partner, PartnerChange, SealingKey
from mingdai.rows import columns, fetch, restore
from mingdai.words import ActorId, Reason

KEY_BYTES = {"MLKEM768_X25519": 1216}
"""Length of a public key in bytes, by KEM (X-Wing: draft-connolly-cfrg-xwing-kem)."""

_RECEIVERS = """
SELECT {partner}, {key} FROM partners_partner p
LEFT JOIN partners_sealingkey k ON k.id = (
  SELECT id FROM partners_sealingkey
  WHERE partner_id = p.id AND not_before <= %s AND (not_after IS NULL OR not_after > %s)
  ORDER BY not_before DESC, id DESC LIMIT 1
)
WHERE p.id IN (%s, %s)
"""
# Written out because every disclosure asks it: composing it anew costs more than answering it.


@dataclass(frozen=True, slots=True)
class Receiver:
    """A partner's row with its newest sealing key in force, both as they stand now."""

    partner: Partner
    key: SealingKey | None


def add_sealing_key(
    partner: Partner, *, kid: str, public_key: bytes, actor: ActorId, at: datetime
) -> SealingKey:
    """Seal to this key from `at` on.

    Raises Invalid for a key that is not an X-Wing public key.
    """
    kem = "MLKEM768_X25519"
    if len(public_key) != KEY_BYTES[kem]:
        raise Invalid(
            code="sealing_key.length",
            reason=f"a {kem} public key has {KEY_BYTES[kem]} bytes, got {len(public_key)}",
            field="public_key",
        )
    with transaction.atomic():
        key = SealingKey.objects.create(
            partner=partner, kid=kid, kem=kem, public_key=public_key, not_before=at
        )
        PartnerChange.objects.create(
            partner=partner, actor=actor, act="key_added", reason=f"sealing key {kid}", at=at
        )
    return key


def retire_sealing_key(key: SealingKey, *, actor: ActorId, at: datetime) -> None:
    """Seal nothing to `key` from `at` on."""
    with transaction.atomic():
        SealingKey.objects.filter(pk=key.pk).update(not_after=at)
        PartnerChange.objects.create(
            partner_id=key.partner_id,
            actor=actor,
            act="key_retired",
            reason=f"sealing key {key.kid}",
            at=at,
        )
    key.not_after = at


def find_receivers(partner_id: str, carrier_id: str | None, *, at: datetime) -> dict[str, Receiver]:
    """The recipient and its carrier by id, in one query; who is not a partner is not in it.

    A carrier of sealed bytes needs no key, and mostly has none.
    """
    statement = _RECEIVERS.format(partner=columns(Partner, "p"), key=columns(SealingKey, "k"))
    width = len(Partner._meta.concrete_fields)
    found = {}
    for row in fetch(statement, [at, at, partner_id, carrier_id or partner_id]):
        key = None if row[width] is None else restore(SealingKey, row[width:])
        partner = restore(Partner, row[:width])
        found[partner.pk] = Receiver(partner, key)
    return found


def no_sealing_key(partner_id: str) -> Reason:
    """Why nothing can leave for a partner without a sealing key in force."""
    return Reason(
        code="recipient.no_sealing_key",
        reason=f"partner {partner_id} has no sealing key in force",
        source="platform policy: nothing leaves unsealed",
        remedy="add the partner's public sealing key",
    )
