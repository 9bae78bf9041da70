"""What a lender signs: that it received an application, and that it deleted one.

Both are Ed25519 signatures in base64, over one line of text each, so that a stranger can check
them with any tool.  Webhooks are signed in `mingdai_proofs.webhooks`.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def countersign(key: Ed25519PrivateKey, *, leaf_hash: bytes, disclosure_id: str) -> str:
    """A lender's word that it received this disclosure under this ledger leaf."""
    return _sign(key, _received(leaf_hash, disclosure_id))


def acknowledge(key: Ed25519PrivateKey, *, notice_id: str, disclosure_id: str) -> str:
    """A lender's word that it deleted what it held of this disclosure."""
    return _sign(key, _deleted(notice_id, disclosure_id))


def is_countersignature(
    signature: str, *, public: bytes, leaf_hash: bytes, disclosure_id: str
) -> bool:
    """Whether `signature` is the countersignature of the lender with this public key."""
    return _verifies(signature, public, _received(leaf_hash, disclosure_id))


def is_acknowledgement(
    signature: str, *, public: bytes, notice_id: str, disclosure_id: str
) -> bool:
    """Whether `signature` is the acknowledgement of the lender with this public key."""
    return _verifies(signature, public, _deleted(notice_id, disclosure_id))


def _received(leaf_hash: bytes, disclosure_id: str) -> bytes:
    return f"mingdai-countersign/1\n{leaf_hash.hex()}\n{disclosure_id}".encode()


def _deleted(notice_id: str, disclosure_id: str) -> bytes:
    return f"mingdai-deleted/1\n{notice_id}\n{disclosure_id}".encode()


def _sign(key: Ed25519PrivateKey, text: bytes) -> str:
    return base64.b64encode(key.sign(text)).decode("ascii")


def _verifies(signature: str, public: bytes, text: bytes) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(raw, text)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
