"""Which messages the door takes at all: ours to receive, not too large, not going in circles.

Pure but for the address.  A refusal is the SMTP answer, with its enhanced code (RFC 5321, 3463).
"""

from __future__ import annotations

import re

LOOP_HEADER = "X-Mingdai-Loop"
"""Set on everything we send; what carries it and comes back is going in circles."""

MOST_HOPS = 30
"""Received headers; a message with more is going in circles (RFC 5321, 6.3)."""

MOST_RECIPIENTS = 20
HEAD_BYTES = 256 * 1024
"""Where a head must have ended."""

UNKNOWN = "550 5.1.1 No such mailbox here"
TOO_MANY = "452 4.5.3 Too many recipients"
SLOW_DOWN = "450 4.7.1 Too many messages from your address; try again later"
LOOPING = "554 5.4.6 Mail loop detected"
HEAD_TOO_LONG = "554 5.6.0 Header too long"
NOT_STORED = "451 4.3.0 Could not be stored; try again later"
STORED = "250 2.0.0 Stored"

_RECEIVED = re.compile(rb"^received:", re.IGNORECASE | re.MULTILINE)
_OURS = re.compile(rb"^x-mingdai-loop:", re.IGNORECASE | re.MULTILINE)


def head_of(raw: bytes) -> bytes:
    """The header block, without the body."""
    ends = [at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0]
    return raw[: min(ends)] if ends else raw


def refuse_message(raw: bytes) -> str:
    """Why a message is not taken, as an SMTP answer; "" where it is."""
    head = head_of(raw)
    if len(head) > HEAD_BYTES:
        return HEAD_TOO_LONG
    if _OURS.search(head) or len(_RECEIVED.findall(head)) > MOST_HOPS:
        return LOOPING
    return ""
