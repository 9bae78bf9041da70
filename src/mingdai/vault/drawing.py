"""Draw by key: what marks and secret evidence are made of, without the key leaving this room.

HMAC-SHA-256 under a platform key of its own.  Its fingerprint goes into every disclosure's entry,
so the key is fixed before the first mark is used and a report can show that it never changed.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from mingdai.vault.wrapping import platform_key

_FINGERPRINT = b"mingdai-mark-key/1\0"


def draw(message: bytes) -> bytes:
    """32 bytes that depend on nothing but `message` and the key."""
    return hmac.digest(platform_key("mark"), message, "sha256")


def fingerprint() -> str:
    """SHA-256 of the key, in hexadecimal: names it and tells nothing else, the key being random."""
    return sha256(_FINGERPRINT + platform_key("mark")).hexdigest()
