"""Admit a partner's program to the API by its key.

A key is `mk_<prefix>_<secret>`; only the SHA-256 of its 256-bit secret is kept, so a database dump
admits nobody.  Several keys live at once while one is rotated.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mingdai.partners.models import ApiKey, Partner, PartnerChange
from mingdai.words import ActorId

ROTATION_OVERLAP = timedelta(days=7)
"""How long the older keys live on after `rotate`."""


def issue_key(
    partner: Partner, *, actor: ActorId, at: datetime, rng: Callable[[int], bytes]
) -> str:
    """A new key of `partner`, in clear for the only time."""
    prefix = rng(6).hex()
    secret = base64.b32encode(rng(32)).decode().rstrip("=").lower()
    with transaction.atomic():
        ApiKey.objects.create(
            partner=partner, prefix=prefix, key_hash=_digest(secret), created_at=at
        )
        PartnerChange.objects.create(
            partner=partner, actor=actor, act="key_added", reason=f"api key {prefix}", at=at
        )
    return f"mk_{prefix}_{secret}"


def rotate(partner: Partner, *, actor: ActorId, at: datetime, rng: Callable[[int], bytes]) -> str:
    """A new key; every older one ends after `ROTATION_OVERLAP`."""
    with transaction.atomic():
        ApiKey.objects.filter(partner=partner, revoked_at=None, expires_at=None).update(
            expires_at=at + ROTATION_OVERLAP
        )
        return issue_key(partner, actor=actor, at=at, rng=rng)


def revoke(key: ApiKey, *, actor: ActorId, at: datetime) -> None:
    """Admit nobody by `key` from now on."""
    with transaction.atomic():
        ApiKey.objects.filter(pk=key.pk).update(revoked_at=at)
        PartnerChange.objects.create(
            partner_id=key.partner_id,
            actor=actor,
            act="key_revoked",
            reason=f"api key {key.prefix}",
            at=at,
        )


def admit(token: str, *, at: datetime) -> Partner | None:
    """The partner whose live key `token` is, or None.  The answer says nothing more."""
    kind, _, rest = token.partition("_")
    prefix, _, secret = rest.partition("_")
    if kind != "mk" or not prefix or not secret or len(token) > 120:
        return None
    key = (
        ApiKey.objects.select_related("partner")
        .filter(prefix=prefix[:12], revoked_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=at))
        .first()
    )
    if key is None or not hmac.compare_digest(bytes(key.key_hash), _digest(secret)):
        return None
    return key.partner


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
