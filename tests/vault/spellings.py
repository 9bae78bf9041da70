"""Look for a value in raw bytes: as it is, in other spellings, and as hashes of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable


def revealed(raw: bytes, values: Iterable[str]) -> list[bytes]:
    """Every spelling of the values that stands in `raw`."""
    return [each for value in values for each in spellings(value) if each in raw]


def spellings(value: str) -> list[bytes]:
    """How a value, or a hash that is the value to whoever counts through all of them, may lie."""
    data = value.encode()
    found = [
        data,
        base64.b64encode(data).rstrip(b"="),
        data.hex().encode(),
        value.encode("utf-16-le"),
    ]
    found.append("".join(each for each in value if each.isdigit()).encode())
    for name in ("md5", "sha1", "sha256", "sm3"):
        digest = hashlib.new(name, data)
        found += [digest.digest(), digest.hexdigest().encode(), base64.b64encode(digest.digest())]
    return [each for each in found if len(each) >= 5]
