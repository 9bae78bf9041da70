"""Open filed blobs: the only decryption of them, for the gate alone.

An import contract holds every other file away.
"""

from __future__ import annotations

from uuid import UUID

from cryptography.exceptions import InvalidTag

from mingdai.errors import Refused, Tampered
from mingdai.vault.binding import NONCE_BYTES
from mingdai.vault.filing import blob_cipher, bound_to
from mingdai.vault.models import FiledBlob
from mingdai.vault.wrapping import unlock


def open_blob(blob_id: UUID) -> bytes:
    """The bytes as they were filed.

    Raises Refused `vault.blob_gone` after its end, Tampered `vault.blob` for changed bytes.
    """
    row = FiledBlob.objects.filter(pk=blob_id).first()
    if row is None or row.sealed is None:
        raise Refused(
            code="vault.blob_gone",
            reason=f"filed blob {blob_id} has come to its end",
            remedy="what was recorded of it stays in the ledger",
        )
    data = bytes(row.sealed)
    cipher = blob_cipher(unlock(row.borrower_id))
    try:
        return cipher.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], bound_to(row))
    except (InvalidTag, ValueError) as error:
        raise Tampered(
            code="vault.blob", reason=f"filed blob {blob_id} is not what was filed"
        ) from error
