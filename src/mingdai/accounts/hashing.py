"""Keyed hashes of what must not be kept: codes, addresses, log-ins of failed tries.

HMAC-SHA256 under the platform's secret key (a file of mode 0600, not in the database), so a dump
of the database does not tell a six-digit code or whose number was tried.
"""

from __future__ import annotations

import hmac

from django.utils.crypto import salted_hmac


def keyed_hash(use: str, data: bytes) -> bytes:
    """The 32-byte keyed hash of `data`; the same data has another hash for another use."""
    return salted_hmac(f"mingdai.accounts.{use}", data, algorithm="sha256").digest()


def same(one: bytes, other: bytes) -> bool:
    """Whether two hashes are equal, in time that does not tell where they differ."""
    return hmac.compare_digest(bytes(one), bytes(other))
