"""Canonical JSON: one value, one spelling.  Source: RFC 8785, the subset named here.

Strings, integers within ±(2^53 - 1), lists and objects with string keys.  No floats, booleans or
nulls: amounts are strings, absence is absence.  Reading refuses every other spelling, duplicate
keys and lone surrogates included, so a changed byte is a changed value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mingdai_proofs.flaws import refuse

MAX_INTEGER = (1 << 53) - 1
MAX_DEPTH = 32


def encode_json(value: object) -> bytes:
    """The canonical bytes.  Raises ValueError for a value outside the subset."""
    ordered = _ordered(value, 0)
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def decode_json(data: bytes, code: str) -> dict[str, Any]:
    """The object `data` spells; raises Flawed with `code` unless it is in canonical form."""
    try:
        value = json.loads(data)
        same = encode_json(value) == data
    except (ValueError, RecursionError):
        refuse(code, "canonical JSON was expected")
    if not same or not isinstance(value, dict):
        refuse(code, "a JSON object in its canonical spelling was expected")
    return value


def text_fields(value: Mapping[str, Any], names: tuple[str, ...], code: str) -> list[str]:
    """The strings under `names`, in that order; raises Flawed unless these are all the keys."""
    if set(value) != set(names) or not all(isinstance(value[name], str) for name in names):
        refuse(code, f"the strings {', '.join(names)} were expected, and nothing else")
    return [value[name] for name in names]


def _ordered(value: object, depth: int) -> object:
    if depth > MAX_DEPTH:
        raise ValueError("JSON nested too deeply")
    if isinstance(value, str):
        return _checked(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INTEGER:
        return value
    if isinstance(value, list | tuple):
        return [_ordered(each, depth + 1) for each in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        if all(map(str.isascii, value)):
            return {key: _ordered(value[key], depth + 1) for key in sorted(value)}
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {_checked(key): _ordered(value[key], depth + 1) for key in keys}
    raise ValueError(f"{type(value).__name__} is outside the JSON subset")


def _checked(text: str) -> str:
    """The text; raises ValueError for a lone surrogate."""
    if not text.isascii():
        text.encode("utf-8")
    return text
