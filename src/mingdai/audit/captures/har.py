"""Captures as HAR 1.2, streamed: one entry in memory at a time, whatever the file's size.

A HAR has no WebSocket frames of its own; Chromium's `_webSocketMessages` are read where present.
What a HAR writer dropped (Blob bodies, unload beacons) cannot be found here.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import ijson  # type: ignore[import-untyped]

from mingdai.audit.detecting.identity import seconds_of
from mingdai.audit.detecting.requests import Request
from mingdai.errors import Invalid

_ID_NAMES = ("_request_id", "request_id", "_requestId", "_id", "id")


def read_har(stream: BinaryIO) -> Iterator[Request]:
    """The request of each entry and each frame it sent; ids are `_request_id` or the index."""
    number = -1
    try:
        for number, entry in enumerate(ijson.items(stream, "log.entries.item", use_float=True)):
            yield from _requests(entry, number)
    except ijson.JSONError as error:
        raise Invalid(
            code="capture.har",
            reason=f"the file is no HAR 1.2, or cut short: {number + 1} entries could be read",
            remedy="save the capture again",
        ) from error


def _requests(entry: Mapping[str, object], number: int) -> Iterator[Request]:
    request = entry.get("request")
    if not isinstance(request, Mapping):
        return
    name = next((str(entry[key]) for key in _ID_NAMES if key in entry), str(number))
    url = str(request.get("url") or "")
    ts = seconds_of(entry.get("startedDateTime"))
    headers = _headers(request)
    yield Request(
        request_id=name,
        url=url,
        method=str(request.get("method") or "GET"),
        headers=headers,
        body=_body(request.get("postData")),
        ts=ts,
    )
    messages = entry.get("_webSocketMessages")
    for at, message in enumerate(messages if isinstance(messages, list) else []):
        if message.get("type") == "send":
            data = str(message.get("data") or "")
            body = _unbase64(data) if message.get("opcode") == 2 else data.encode()
            moment = seconds_of(message.get("time")) or ts
            yield Request(f"{name}.ws{at}", url, body=body, ts=moment, kind="ws_frame")


def _headers(request: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    rows = [
        (str(row.get("name") or ""), str(row.get("value") or ""))
        for row in _rows(request.get("headers"))
    ]
    if not any(name.lower() == "cookie" for name, _ in rows):
        pairs = [f"{row.get('name')}={row.get('value')}" for row in _rows(request.get("cookies"))]
        rows += [("Cookie", "; ".join(pairs))] if pairs else []
    return tuple(rows)


def _body(post: object) -> bytes:
    if not isinstance(post, Mapping):
        return b""
    text = str(post.get("text") or "")
    coded = str(post.get("encoding") or post.get("_encoding") or post.get("comment") or "")
    if text and coded == "base64":
        return _unbase64(text)
    if text:
        return _as_sent(text)
    pairs = (
        f"{row.get('name', '')}={row.get('value') or row.get('fileName') or ''}"
        for row in _rows(post.get("params"))
    )
    return "&".join(pairs).encode("utf-8", "surrogatepass")


def _as_sent(text: str) -> bytes:
    """Binary bodies are written as one character a byte: no character above U+00FF says so."""
    if not text.isascii() and max(text) <= "\xff" and any(each < "\t" for each in text):
        return text.encode("latin-1")
    if not text.isascii() and max(text) <= "\xff":
        raw = text.encode("latin-1")
        return text.encode() + b"\n" + raw
    return text.encode("utf-8", "surrogatepass")


def _unbase64(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text)
    except binascii.Error:
        return text.encode()


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
