"""Keep a borrower's field: cleaned, sealed under the borrower's own key, masked, indexed.

Each keeping is a new version; the one before stays for a while, so that what was sent can still
be shown to the borrower.  A field ends by itself after `FIELD_DAYS`.
Not promised: that a value is true or the borrower's own; nobody outside checked it.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from mingdai.accounts.models import Borrower
from mingdai.errors import Refused
from mingdai.vault.binding import NONCE_BYTES, bind, field_key, pad
from mingdai.vault.models import KeyedIndex, SealedField, SubjectKey
from mingdai.vault.validating import clean, mask
from mingdai.vault.wrapping import KEY_BYTES, platform_key, provider, unlock

INDEXED = frozenset({"mobile", "id_number"})
"""Fields whose borrowers can be found by their value."""

FIELD_DAYS = 365
"""Days a version is kept, unless another replaces it (PIPL Art. 19; the number is ours)."""

REPLACED_DAYS = 90
"""Days a replaced version is kept at most."""


@transaction.atomic
def keep(borrower: Borrower, code: str, value: str, *, at: datetime) -> SealedField:
    """Seal `value` as the newest version of `code`; its row.

    Raises Invalid `field.<code>` where the value is not well formed, Refused `vault.erased` after
    erasure.  All or nothing.
    """
    cleaned = clean(code, value)
    ensure_subject_key(borrower, at)
    SubjectKey.objects.select_for_update().get(pk=borrower.pk)
    versions = SealedField.objects.filter(borrower=borrower, code=code)
    newest = versions.order_by("-version").values_list("version", flat=True).first() or 0
    versions.filter(erased_at=None).update(
        expires_at=Least(F("expires_at"), at + timedelta(days=REPLACED_DAYS))
    )
    row = SealedField.objects.create(
        borrower=borrower,
        code=code,
        version=newest + 1,
        sealed=_seal(borrower.pk, code, newest + 1, cleaned),
        preview=mask(code, cleaned),
        kept_at=at,
        expires_at=at + timedelta(days=FIELD_DAYS),
    )
    if code in INDEXED:
        KeyedIndex.objects.update_or_create(
            borrower=borrower, code=code, defaults={"digest": _digest(code, cleaned)}
        )
    return row


def ensure_subject_key(borrower: Borrower, at: datetime) -> None:
    """Make the borrower's data key where there is none; raises Refused `vault.erased`."""
    row = SubjectKey.objects.filter(pk=borrower.pk).only("destroyed_at").first()
    if row is None:
        keys = provider()
        kek_id = keys.current_id()
        wrapped = keys.wrap(secrets.token_bytes(KEY_BYTES), kek_id=kek_id)
        row, _ = SubjectKey.objects.get_or_create(
            borrower=borrower,
            defaults={"wrapped": wrapped, "kek_id": kek_id, "created_at": at},
        )
    if row.destroyed_at is not None:
        raise Refused(
            code="vault.erased",
            reason=f"borrower {borrower.pk} was erased",
            remedy="register anew; an erased record is not written again",
        )


def previews(borrower: Borrower) -> dict[str, str]:
    """The masked newest version of every field that is kept, by code."""
    rows = SealedField.objects.filter(borrower=borrower, erased_at=None).order_by("version")
    return dict(rows.values_list("code", "preview"))


def mobile_index(value: str) -> bytes:
    """The keyed index of a mobile number; raises Invalid `field.mobile`."""
    return keyed_index("mobile", value)


def keyed_index(code: str, value: str) -> bytes:
    """HMAC-SHA256 of the cleaned `value` under the index key; raises Invalid.

    It is personal information still (PIPL Art. 4) and never leaves the platform.
    """
    return _digest(code, clean(code, value))


def find_by_index(code: str, digest: bytes) -> list[UUID]:
    """The ids of the borrowers whose current `code` has this keyed index."""
    rows = KeyedIndex.objects.filter(code=code, digest=digest).order_by("pk")
    return list(rows.values_list("borrower_id", flat=True))


def _digest(code: str, cleaned: str) -> bytes:
    message = f"mingdai-index/1\0{code}\0{cleaned}".encode()
    return hmac.digest(platform_key("index"), message, sha256)


def _seal(borrower_id: UUID, code: str, version: int, cleaned: str) -> bytes:
    """Nonce ‖ AES-256-GCM ciphertext ‖ tag."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(field_key(unlock(borrower_id)))
    return nonce + cipher.encrypt(nonce, pad(cleaned), bind(borrower_id, code, version))
