"""Captures as JSON Lines: one request a line, the body in base64.

`{"request_id", "ts", "method", "url", "headers": [[k, v], …], "body_b64", "kind"}`; `kind` is
"http" or "ws_frame".
"""

from __future__ import annotations

import binascii
import json
from collections.abc import Iterable, Iterator

from mingdai.audit.detecting.identity import seconds_of
from mingdai.audit.detecting.requests import Request
from mingdai.errors import Invalid


def read_jsonl(stream: Iterable[bytes]) -> Iterator[Request]:
    """One request for each line that is not blank; raises Invalid for one that is no request."""
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield Request(
                request_id=str(row.get("request_id", number)),
                url=str(row.get("url") or ""),
                method=str(row.get("method") or "GET"),
                headers=_headers(row.get("headers")),
                body=_body(row.get("body_b64") or ""),
                ts=seconds_of(row.get("ts")),
                kind=str(row.get("kind") or "http"),
            )
        except (ValueError, AttributeError, TypeError) as error:
            raise Invalid(
                code="capture.line",
                reason=f"line {number} is not a request: {type(error).__name__}",
                remedy="see docs/corpus.md for the fields of a line",
            ) from error


def _body(text: str) -> bytes:
    """Padding may be missing."""
    return binascii.a2b_base64(text + "=" * (-len(text) % 4))


def _headers(value: object) -> tuple[tuple[str, str], ...]:
    if isinstance(value, dict):
        return tuple((str(name), str(each)) for name, each in value.items())
    rows = value if isinstance(value, list) else []
    return tuple((str(row[0]), str(row[1])) for row in rows if len(row) >= 2)
