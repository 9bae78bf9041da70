"""Open sealed fields: the only decryption of field values, for the gate's trunk alone.

An import contract holds every other file away.  Values are returned and nowhere kept.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Q

from mingdai.errors import Refused, Tampered
from mingdai.vault.binding import NONCE_BYTES, bind, field_key, unpad
from mingdai.vault.models import SealedField
from mingdai.vault.validating import age_on
from mingdai.vault.wrapping import unlock


def open_fields(borrower_id: UUID, codes: Collection[str], *, at: datetime) -> dict[str, str]:
    """The versions of `codes` that were current at `at`, in clear; exactly these codes.

    Raises Refused `vault.missing_field` where one is not kept, expired or erased, `vault.erased`
    where the borrower is; Tampered `vault.sealed_field` where a row is not what was kept.
    """
    rows = _current(borrower_id, codes, at)
    missing = sorted(set(codes) - rows.keys())
    key = unlock(borrower_id) if codes else b""
    if missing:
        raise Refused(
            code="vault.missing_field",
            reason=f"not kept of borrower {borrower_id}: {', '.join(missing)}",
            remedy="ask the borrower for these fields",
        )
    if not rows:
        return {}
    cipher = AESGCM(field_key(key))
    return {code: _open(cipher, rows[code]) for code in codes}


def age_of(borrower_id: UUID, day: date, *, at: datetime) -> int | None:
    """Whole years on `day`, from the ID number; None where none is kept.

    It opens the ID number, so it is a part of the read that asks for it.
    """
    row = _current(borrower_id, ["id_number"], at).get("id_number")
    if row is None:
        return None
    return age_on(_open(AESGCM(field_key(unlock(borrower_id))), row), day)


def _current(borrower_id: UUID, codes: Collection[str], at: datetime) -> dict[str, SealedField]:
    """The newest version kept by `at` of each code, where it can still be opened."""
    rows = SealedField.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=at),
        borrower_id=borrower_id,
        code__in=list(codes),
        kept_at__lte=at,
        sealed__isnull=False,
    )
    return {row.code: row for row in rows.order_by("version")}


def _open(cipher: AESGCM, row: SealedField) -> str:
    sealed = bytes(row.sealed or b"")
    aad = bind(row.borrower_id, row.code, row.version)
    try:
        return unpad(cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad))
    except (InvalidTag, ValueError) as error:
        raise Tampered(
            code="vault.sealed_field", reason=f"sealed field {row.pk} is not what was kept"
        ) from error
