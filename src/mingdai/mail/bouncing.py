"""Read what a mail server says about a message of ours that it could not deliver.

Source: RFC 3464 (delivery status), RFC 3463 (status codes).  A report without a status code says
nothing: a forged or home-made one does not switch anything off.
"""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from enum import StrEnum

_STATUS = re.compile(r"^[245]\.\d{1,3}\.\d{1,3}$")


class Fate(StrEnum):
    """What became of the message."""

    FAILED = "bounce.failed"
    DELAYED = "bounce.delayed"
    DELIVERED = "bounce.delivered"
    UNCLEAR = "bounce.unclear"


def read_bounce(raw: bytes) -> Fate:
    """The worst that the report says of any recipient."""
    message = BytesParser(policy=compat32).parsebytes(raw)
    fates = {
        _fate(group)
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for group in _groups(part)
    }
    for fate in (Fate.FAILED, Fate.DELAYED, Fate.DELIVERED):
        if fate in fates:
            return fate
    return Fate.UNCLEAR


def _groups(part: Message) -> list[Message]:
    payload = part.get_payload()
    groups = payload if isinstance(payload, list) else []
    return [each for each in groups if isinstance(each, Message)]


def _fate(group: Message) -> Fate:
    status = str(group.get("Status", "")).split(" ")[0].strip()
    action = str(group.get("Action", "")).strip().lower()
    if not _STATUS.match(status):
        return Fate.UNCLEAR
    if status.startswith("5") and action in {"failed", ""}:
        return Fate.FAILED
    if status.startswith("4") or action == "delayed":
        return Fate.DELAYED
    return Fate.DELIVERED if status.startswith("2") else Fate.UNCLEAR
