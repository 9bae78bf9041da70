"""What a partner answered, in one form for every API family, and its signatures.

The partner signs what it received and what it deleted with its own Ed25519 key; the bytes signed
are fixed here and in docs/api.md.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mingdai.partners.models import Partner

TIMEOUT = httpx.Timeout(5.0, connect=3.0)
"""Seconds to wait for a partner; a slow one is tried again later."""

MAX_ANSWER_BYTES = 65_536
RETRIED = frozenset({408, 425, 429})
"""Client errors that say "later" and not "never" (RFC 9110, 8470, 6585)."""


class Verdict(StrEnum):
    """Whether the partner has it, may have it later, or never will."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Answer:
    """A partner's answer: `problem` is a stable code, "" where it took what was sent.

    `signature` is the counter-signature or the acknowledgement, unverified, None where absent.
    """

    verdict: Verdict
    problem: str = ""
    signature: bytes | None = None


class Adapter(Protocol):
    """What every API family offers.  `via` is the carrier, None where there is none.

    `accepts` are the field codes it can pass on; `key` makes a repeated sending harmless.
    """

    family: ClassVar[str]
    accepts: ClassVar[frozenset[str]]

    def send(self, wire: bytes, *, recipient: Partner, via: Partner | None, key: str) -> Answer:
        """Hand over a sealed envelope."""
        ...

    def notify(self, body: bytes, *, recipient: Partner, via: Partner | None, key: str) -> Answer:
        """Hand over a notice that a grant ended."""
        ...


def read_answer(response: httpx.Response, *, signature_key: str) -> Answer:
    """The answer in an HTTP response; a duplicate (409) counts as taken."""
    if response.is_success or response.status_code == httpx.codes.CONFLICT:
        return Answer(Verdict.TAKEN, signature=_signature(response, signature_key))
    code = f"http.{response.status_code}"
    if response.is_client_error and response.status_code not in RETRIED:
        return Answer(Verdict.NEVER, code)
    return Answer(Verdict.LATER, code)


def post(client: httpx.Client, url: str, body: bytes, *, key: str, signature_key: str) -> Answer:
    """POST `body` once under the idempotency key `key`; a network problem says LATER."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    try:
        response = client.post(url, content=body, headers=headers)
    except httpx.TimeoutException:
        return Answer(Verdict.LATER, "http.timeout")
    except httpx.HTTPError:
        return Answer(Verdict.LATER, "http.unreachable")
    return read_answer(response, signature_key=signature_key)


def signed(public_key: str, message: bytes, signature: bytes | None) -> bool:
    """Whether `signature` over `message` is by the partner's `public_key` (base64, 32 bytes)."""
    if signature is None or not public_key:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(signature, message)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _signature(response: httpx.Response, name: str) -> bytes | None:
    if len(response.content) > MAX_ANSWER_BYTES:
        return None
    try:
        found = response.json()
        text = found.get(name) if isinstance(found, dict) else None
        return base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except (ValueError, binascii.Error):
        return None
