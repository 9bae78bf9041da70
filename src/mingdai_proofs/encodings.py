"""Strict spellings of numbers and bytes: one value has one spelling, any other is refused.

Without this a receipt could be changed and still be accepted.  Decimal numbers carry no sign, no
leading zero and fit 63 bits; base64 (RFC 4648 §4) is padded and its unused bits are zero.
"""

from __future__ import annotations

import base64
import binascii
import re

from mingdai_proofs.flaws import refuse

HASH_BYTES = 32
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


def parse_decimal(text: str, code: str) -> int:
    """The number `text` spells, 0 to 2^63-1; raises Flawed with `code` for any other text."""
    if not _DECIMAL.fullmatch(text) or (value := int(text)) >= 1 << 63:
        refuse(code, "a decimal number without sign or leading zeros was expected")
    return value


def encode_base64(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str, code: str) -> bytes:
    """The bytes `text` spells; raises Flawed with `code` unless spelt canonically."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        refuse(code, "base64 was expected")
    if encode_base64(data) != text:
        refuse(code, "base64 is not in its canonical spelling")
    return data


def decode_hash(text: str, code: str) -> bytes:
    """A SHA-256 hash in base64; raises Flawed with `code` for any other text."""
    data = decode_base64(text, code)
    if len(data) != HASH_BYTES:
        refuse(code, f"a hash has {HASH_BYTES} bytes, not {len(data)}")
    return data
