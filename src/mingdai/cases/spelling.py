"""The one spelling of a result, which its digest is of: what is downloaded is what was recorded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping


def canonical(result: Mapping[str, object]) -> bytes:
    """The result's one spelling, which its digest is of."""
    return json.dumps(result, sort_keys=True, indent=1).encode() + b"\n"


def digest_of(result: Mapping[str, object]) -> str:
    """SHA-256 of the canonical result, in hexadecimal."""
    return hashlib.sha256(canonical(result)).hexdigest()
