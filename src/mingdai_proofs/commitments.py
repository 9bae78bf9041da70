"""Commitments and subject tags: what an entry says about a person without saying it.

Every key comes from the subject's own 32-byte secret key and the entry's random id, so two entries
of one person do not link, and deleting the subject key leaves random-looking bytes.  Hiding while
the key is secret, binding under SHA-256.  Never a plain or site-salted hash: a phone number is
guessed from one in under two minutes.  Layout: docs/protocol.md, "Commitments".
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mingdai_proofs.canonical import encode_json

KEY_BYTES = 32
_INFO = b"mingdai-commitment/1\x00"
_DETAIL = b"mingdai-detail/1\x00"


def subject_tag(subject_key: bytes, entry_id: bytes) -> bytes:
    """The tag by which only the holder of `subject_key` finds the subject's entries."""
    return _mac(subject_key, b"subject" + entry_id)


def commitment_key(subject_key: bytes, entry_id: bytes, code: str) -> bytes:
    """The 32-byte key of one field's (or one detail's) commitment in one entry.

    It is handed out with the value as an *opening*, and opens nothing else.
    """
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=entry_id, info=_INFO + code.encode())
    return kdf.derive(_checked(subject_key))


def commit(key: bytes, code: str, value: str) -> bytes:
    """The commitment to `value` of the field `code` under its commitment key."""
    data = value.encode("utf-8")
    return _mac(key, code.encode("ascii") + len(data).to_bytes(4, "big") + data)


def detail_commitment(key: bytes, detail: Mapping[str, object]) -> bytes:
    """The commitment to a kind's own facts, over their canonical JSON."""
    return _mac(key, _DETAIL + encode_json(detail))


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(_checked(key), message, sha256)


def _checked(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    return key
