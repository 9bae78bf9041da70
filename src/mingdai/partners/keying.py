"""A partner's public sealing keys: versions by id, overlapping at rotation.

Envelopes are sealed to the newest key in force; older ones stay on record so that an envelope
names the key it was sealed to.  The private keys are the partner's and are never here.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingdai.errors import Invalid, Refused
from mingdai.partners.models import Partner, PartnerChange, SealingKey
from mingdai.words import ActorId

KEY_BYTES = {"MLKEM768_X25519": 1216}
"""Length of a public key in bytes, by KEM (X-Wing: draft-connolly-cfrg-xwing-kem)."""

_CURRENT = """
SELECT id, partner_id, kid, kem, public_key, not_before, not_after FROM partners_sealingkey
WHERE partner_id = %s AND not_before <= %s AND (not_after IS NULL OR not_after > %s)
ORDER BY not_before DESC, id DESC LIMIT 1
"""
# Written out because every disclosure asks it: composing it anew costs more than answering it.


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


def current_sealing_key(partner_id: str, *, at: datetime) -> SealingKey:
    """The newest key of the partner in force at `at`.

    Raises Refused (`recipient.no_sealing_key`) where there is none: nothing can leave then.
    """
    key = next(iter(SealingKey.objects.raw(_CURRENT, [partner_id, at, at])), None)
    if key is None:
        raise Refused(
            code="recipient.no_sealing_key",
            reason=f"partner {partner_id} has no sealing key in force",
            source="platform policy: nothing leaves unsealed",
            remedy="add the partner's public sealing key",
        )
    return key
