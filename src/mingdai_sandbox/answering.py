"""Answers a made-up company gives over HTTP: a status, a body, and problems by RFC 9457."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back.  `hold_s` is how long to wait before sending it, in seconds."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    hold_s: float = 0.0


def say(status: int, content: Mapping[str, object], *, hold_s: float = 0.0) -> Answer:
    """An answer in JSON."""
    return Answer(status, _encode(content), hold_s=hold_s)


def refuse(status: int, code: str, *, detail: str = "") -> Answer:
    """A problem document; `code` is stable, `detail` holds no personal information."""
    content = {"type": "about:blank", "title": code, "status": status, "code": code}
    body = _encode({**content, "detail": detail} if detail else content)
    return Answer(status, body, "application/problem+json")


def _encode(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
