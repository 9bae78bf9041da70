"""Webhook signatures: who called back, about which event, when, with exactly which bytes.

Header `Mingdai-Signature: t=<POSIX seconds>,id=<event id>,v1=<hex>`; v1 is HMAC-SHA-256 over
`<t>.<id>.` and the raw body.  Replay beyond the tolerance is refused here; the same event twice is
the receiver's to refuse, by the event id.  Layout: docs/protocol.md, "Webhook signature".
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from hashlib import sha256

from mingdai_proofs.encodings import parse_decimal
from mingdai_proofs.flaws import Flaw, Flawed

HEADER = "Mingdai-Signature"
TOLERANCE_S = 300
MIN_SECRET_BYTES = 16
_EVENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HEADER = re.compile(r"t=([0-9]{1,19}),id=([A-Za-z0-9_-]{1,64}),v1=([0-9a-f]{64})")


def sign_webhook(secret: bytes, *, event_id: str, at_s: int, body: bytes) -> str:
    """The header's value.  Raises ValueError for a short secret or an id of other characters."""
    if len(secret) < MIN_SECRET_BYTES or not _EVENT_ID.fullmatch(event_id) or at_s < 0:
        raise ValueError("a webhook needs a secret of 16 bytes, a plain event id and a time")
    return f"t={at_s},id={event_id},v1={_mac(secret, str(at_s), event_id, body)}"


def verify_webhook(
    secrets: Sequence[bytes],
    *,
    header: str,
    body: bytes,
    now_s: int,
    tolerance_s: int = TOLERANCE_S,
) -> Flaw | str:
    """The event id, once one of `secrets` signed this body within `tolerance_s` of `now_s`.

    Several secrets let the sender rotate its own.  No secret is a flaw.
    """
    usable = [each for each in secrets if len(each) >= MIN_SECRET_BYTES]
    if not usable:
        return Flaw("webhook.no_secret", "no secret was given to verify the webhook with")
    found = _HEADER.fullmatch(header)
    if not found:
        return Flaw("webhook.malformed", "the signature header is not t=…,id=…,v1=…")
    at, event_id, signature = found.groups()
    try:
        at_s = parse_decimal(at, "webhook.malformed")
    except Flawed as flawed:
        return flawed.flaw
    matches = [hmac.compare_digest(_mac(each, at, event_id, body), signature) for each in usable]
    if not any(matches):
        return Flaw("webhook.signature", "no known secret signed this body")
    if abs(now_s - at_s) > tolerance_s:
        return Flaw("webhook.stale", f"the signature is more than {tolerance_s} s from now")
    return event_id


def _mac(secret: bytes, at: str, event_id: str, body: bytes) -> str:
    return hmac.digest(secret, f"{at}.{event_id}.".encode() + body, sha256).hex()
