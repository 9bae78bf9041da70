"""Captures as mitmproxy flow files: a row of tnetstrings, one flow each.

Read with a parser of our own because the product's library cannot be installed beside the
`cryptography` version we stand on.  Source: tnetstrings.org; mitmproxy `io/tnetstring.py` for `;`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from mingdai.audit.detecting.requests import Request
from mingdai.errors import Invalid

_LONGEST_LENGTH = 12


def read_flows(stream: BinaryIO) -> Iterator[Request]:
    """The request of each HTTP flow, then each WebSocket message its client sent."""
    number = 0
    while (element := _next_element(stream)) is not None:
        flow = _parse(*element)
        if isinstance(flow, Mapping) and isinstance(flow.get("request"), Mapping):
            yield from _requests(flow, number)
        number += 1


def _requests(flow: Mapping[str, object], number: int) -> Iterator[Request]:
    request = flow["request"]
    assert isinstance(request, Mapping)  # noqa: S101  (checked by the caller; for the type checker)
    name = _text(flow.get("id") or number)
    url = _url(request)
    started = request.get("timestamp_start")
    yield Request(
        request_id=name,
        url=url,
        method=_text(request.get("method") or "GET"),
        headers=_pairs(request.get("headers")),
        body=_bytes(request.get("content")),
        ts=started if isinstance(started, float) else None,
    )
    socket = flow.get("websocket")
    messages = socket.get("messages") if isinstance(socket, Mapping) else None
    for at, message in enumerate(messages if isinstance(messages, list) else []):
        _, from_client, content, moment, *_ = message
        if from_client:
            ts = float(moment) if moment else None
            yield Request(f"{name}.ws{at}", url, body=_bytes(content), ts=ts, kind="ws_frame")


def _url(request: Mapping[str, object]) -> str:
    scheme, port = _text(request.get("scheme") or "http"), request.get("port")
    host = _text(request.get("host") or "")
    for name, value in _pairs(request.get("headers")):
        if name.lower() == "host":
            return f"{scheme}://{value}{_text(request.get('path') or '/')}"
    authority = _text(request.get("authority") or "")
    usual = {"http": 80, "https": 443}.get(scheme) == port
    place = authority or (host if usual or not port else f"{host}:{port}")
    return f"{scheme}://{place}{_text(request.get('path') or '/')}"


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    rows = value if isinstance(value, list) else []
    return tuple((_text(row[0]), _text(row[1])) for row in rows)


def _text(value: object) -> str:
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)


def _bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode()
    return value if isinstance(value, bytes) else b""


def _next_element(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    digits = b""
    while (byte := stream.read(1)) and byte != b":":
        digits += byte
        if not digits.isdigit() or len(digits) > _LONGEST_LENGTH:
            raise _broken()
    if not byte:
        if digits:
            raise _broken()
        return None
    payload = stream.read(int(digits or b"0"))
    kind = stream.read(1)
    if len(payload) != int(digits or b"0") or not kind:
        raise _broken()
    return payload, kind


def _parse(payload: bytes, kind: bytes) -> object:
    if kind == b",":
        return payload
    if kind == b";":
        return payload.decode("utf-8", "replace")
    if kind == b"#":
        return int(payload)
    if kind == b"^":
        return float(payload)
    if kind == b"!":
        return payload == b"true"
    if kind == b"~":
        return None
    items = list(_items(payload))
    if kind == b"}":
        return {_text(key): value for key, value in zip(items[::2], items[1::2], strict=True)}
    if kind == b"]":
        return items
    raise _broken()


def _items(payload: bytes) -> Iterator[object]:
    at = 0
    while at < len(payload):
        colon = payload.find(b":", at, at + _LONGEST_LENGTH + 1)
        if colon < 0 or not payload[at:colon].isdigit():
            raise _broken()
        end = colon + 1 + int(payload[at:colon])
        yield _parse(payload[colon + 1 : end], payload[end : end + 1])
        at = end + 1


def _broken() -> Invalid:
    return Invalid(
        code="capture.flow",
        reason="the file is cut short or no mitmproxy flow file",
        remedy="save the flows again, or export them as HAR",
    )
