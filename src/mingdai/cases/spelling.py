"""The one spelling of a result, which its digest is of: what is downloaded is what was recorded."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping

_EXACT = 2**53
"""Above it a whole float stands for its neighbours too: `1e+300` and ten to the 300th are one."""


def canonical(result: Mapping[str, object]) -> bytes:
    """The result's one spelling, which its digest is of.

    A whole number has no fraction and no sign of zero: databases keep neither `1e+22` nor `-0.0`.
    """
    return json.dumps(_whole(result), sort_keys=True, indent=1).encode() + b"\n"


def _whole(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _whole(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(each) for each in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if isinstance(value, float) and not value.is_integer():
        return value
    return (
        int(value) if abs(value) <= _EXACT or abs(value) > sys.float_info.max else int(float(value))
    )


def digest_of(result: Mapping[str, object]) -> str:
    """SHA-256 of the canonical result, in hexadecimal."""
    return hashlib.sha256(canonical(result)).hexdigest()
