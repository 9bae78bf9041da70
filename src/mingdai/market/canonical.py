"""One way to write a thing down, so that its hash is its version (RFC 8785, without floats)."""

from __future__ import annotations

import hashlib
import json

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def canonical_bytes(value: Json) -> bytes:
    """UTF-8 JSON, keys sorted, no space.  Raises TypeError for a float: write a string."""
    _refuse_floats(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def content_hash(value: Json) -> str:
    """SHA-256 of the canonical bytes, 64 lower-case hex digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no canonical form here")
    if isinstance(value, dict):
        for each in value.values():
            _refuse_floats(each)
    elif isinstance(value, list):
        for each in value:
            _refuse_floats(each)
