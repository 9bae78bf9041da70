"""File blobs that belong to one borrower: letters as they arrived, what stands in their headers.

Each is sealed with AES-256-GCM under a key drawn from the borrower's data key, bound to its own id
and label, and has an end: `vault.expiring` empties it then, erasing the borrower at once.  Only
`vault.unfiling` opens it.
Not promised: that the length is hidden; a blob is as long as it was.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mingdai.errors import Refused
from mingdai.vault.binding import NONCE_BYTES
from mingdai.vault.models import FiledBlob, SubjectKey
from mingdai.vault.wrapping import unwrap_for

_FORMAT = b"mingdai-filed-blob/1"


@dataclass(frozen=True, slots=True)
class Filing:
    """What is to be filed: whose, what it is called (at most 24 ASCII characters), until when."""

    borrower_id: UUID
    label: str
    data: bytes = field(repr=False)
    expires_at: datetime


def file_blobs(filings: Sequence[Filing], *, at: datetime) -> list[FiledBlob]:
    """Seal and keep every blob, in the order given; inside the caller's transaction.

    Raises Refused `vault.no_subject` or `vault.erased` where a borrower has no data key.
    """
    ciphers = _ciphers({each.borrower_id for each in filings})
    rows = [_sealed(each, ciphers[each.borrower_id], at) for each in filings]
    return FiledBlob.objects.bulk_create(rows)


def end_blobs(blob_ids: Iterable[UUID], *, until: datetime) -> int:
    """Move the end of blobs that are still there; how many."""
    return FiledBlob.objects.filter(pk__in=list(blob_ids), erased_at=None).update(expires_at=until)


def forget_blobs(blob_ids: Iterable[UUID], *, at: datetime) -> int:
    """Empty these blobs now; how many were not empty before."""
    return FiledBlob.objects.filter(pk__in=list(blob_ids), erased_at=None).update(
        sealed=None, erased_at=at
    )


def _sealed(filing: Filing, cipher: AESGCM, at: datetime) -> FiledBlob:
    row = FiledBlob(
        id=uuid.uuid4(),
        borrower_id=filing.borrower_id,
        label=filing.label,
        size=len(filing.data),
        filed_at=at,
        expires_at=filing.expires_at,
    )
    nonce = secrets.token_bytes(NONCE_BYTES)
    row.sealed = nonce + cipher.encrypt(nonce, filing.data, bound_to(row))
    return row


def _ciphers(borrower_ids: set[UUID]) -> dict[UUID, AESGCM]:
    """One cipher for each borrower, from one query."""
    rows = SubjectKey.objects.filter(pk__in=borrower_ids).values_list("pk", "wrapped", "kek_id")
    made = {pk: blob_cipher(unwrap_for(pk, wrapped, kek_id=kek_id)) for pk, wrapped, kek_id in rows}
    for missing in borrower_ids - made.keys():
        raise Refused(code="vault.no_subject", reason=f"nothing is kept of borrower {missing}")
    return made


def blob_cipher(subject_key: bytes) -> AESGCM:
    """The cipher of a borrower's blobs, for the vault's own files."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_FORMAT).derive(subject_key)
    return AESGCM(derived)


def bound_to(row: FiledBlob) -> bytes:
    """The associated data of one blob: format, borrower, id, label."""
    return b"\x00".join((_FORMAT, row.borrower_id.bytes, row.id.bytes, row.label.encode("ascii")))
