"""Read the same fields of everybody for one task: who is in the set first, values after.

`records_of` makes what the ledger entry commits to without opening a value; `open_everybody` opens
them, and skips who is not in that set any more or was never in it.  Only the gate's bulk door
imports this file; an import contract holds every other away.  Values are returned and nowhere kept.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import F, Q, QuerySet

from mingdai.errors import Tampered
from mingdai.vault.binding import NONCE_BYTES, bind, field_key, unpad
from mingdai.vault.models import SealedField
from mingdai.vault.wrapping import unwrap_for
from mingdai_proofs.commitments import commitment_key, detail_commitment, subject_tag

TAG_BYTES = 32
RECORD_BYTES = 2 * TAG_BYTES
"""A subject tag and a commitment to what was read; docs/protocol.md, "Entry"."""

_CHUNK = 2000
_DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one field in clear; it was current from `kept_at` on."""

    code: str
    kept_at: datetime
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """All kept versions of the fields asked for, of one borrower, in order of code and version."""

    borrower_id: UUID
    versions: tuple[Version, ...]


def records_of(codes: Collection[str], entry_id: bytes, *, at: datetime) -> list[bytes]:
    """The 64-byte records of everybody of whom one of `codes` is kept, ascending."""
    found = []
    rows = _rows(codes, at).values_list("borrower_id", "code", "version", *_KEY)
    for borrower_id, group in _by_borrower(rows):
        key = unwrap_for(borrower_id, group[0][-2], kek_id=group[0][-1])
        names = sorted(f"{row[1]}/{row[2]}" for row in group)
        secret = commitment_key(key, entry_id, _DETAIL)
        found.append(subject_tag(key, entry_id) + detail_commitment(secret, {"fields": names}))
    return sorted(found)


def open_everybody(
    codes: Collection[str], entry_id: bytes, *, tags: Container[bytes], at: datetime
) -> Iterator[Opened]:
    """The values of everybody whose subject tag of this entry is one of `tags`.

    Raises Tampered `vault.sealed_field` where a row is not what was kept.
    """
    rows = _rows(codes, at).values_list(
        "borrower_id", "code", "version", "sealed", "kept_at", *_KEY
    )
    for borrower_id, group in _by_borrower(rows):
        key = unwrap_for(borrower_id, group[0][-2], kek_id=group[0][-1])
        if subject_tag(key, entry_id) in tags:
            cipher = AESGCM(field_key(key))
            yield Opened(borrower_id, tuple(_open(cipher, row) for row in group))


_KEY = ("wrapped", "kek_id")


def _rows(codes: Collection[str], at: datetime) -> QuerySet[SealedField]:
    """Every version kept by `at` that had not ended, with its borrower's wrapped key."""
    return (
        SealedField.objects.filter(
            Q(expires_at=None) | Q(expires_at__gt=at),
            code__in=list(codes),
            kept_at__lte=at,
            sealed__isnull=False,
            borrower__subjectkey__wrapped__isnull=False,
        )
        .annotate(
            wrapped=F("borrower__subjectkey__wrapped"), kek_id=F("borrower__subjectkey__kek_id")
        )
        .order_by("borrower_id", "code", "version")
    )


def _by_borrower(
    rows: QuerySet[SealedField, tuple[Any, ...]],
) -> Iterator[tuple[UUID, list[tuple[Any, ...]]]]:
    for borrower_id, group in groupby(rows.iterator(chunk_size=_CHUNK), key=itemgetter(0)):
        yield borrower_id, list(group)


def _open(cipher: AESGCM, row: tuple[Any, ...]) -> Version:
    borrower_id, code, version, stored, kept_at = row[:5]
    sealed = bytes(stored)
    try:
        value = unpad(cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bind(*row[:3])))
    except (InvalidTag, ValueError) as error:
        raise Tampered(
            code="vault.sealed_field",
            reason=f"version {version} of {code} of borrower {borrower_id} is not what was kept",
        ) from error
    return Version(code, kept_at, value)
