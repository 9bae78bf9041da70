"""Read calls from a capture or from a document that describes them.

A capture is a HAR (its responses too), a mitmproxy flow file or JSON Lines of requests.  A document
is JSON, or Markdown whose ```json blocks are calls: an object of request fields, an object with
`request` and `response` (and `from`, `to`, `url`, `name`, `secret`), a list of them, or a chain of
`hop` objects.  Several JSON values may follow one another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import ijson  # type: ignore[import-untyped]

from mingdai.audit.captures.reading import read_capture
from mingdai.audit.companies import bare_host
from mingdai.audit.detecting.requests import Request
from mingdai.audit.protocols.calls import Call
from mingdai.errors import Invalid

_FENCE = re.compile(r"^```(?:json)?[ \t]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_WRAPPER = {"request", "response"}
_MOST_BYTES = 64 << 20
"""A document larger than this is no description of calls; captures are streamed and may be."""


def read_calls(path: Path) -> list[Call]:
    """Every call of the file, numbered from 1.  Raises Invalid where there is none."""
    calls = list(_captured(path)) if _is_capture(path) else list(_documented(path))
    if not calls:
        raise Invalid(
            code="protocol.empty",
            reason=f"{path.name} holds no call",
            field="file",
            remedy="see docs/checks.md for what can be read",
        )
    return calls


def _is_capture(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.read(1 << 14)
    except OSError as error:
        raise Invalid(
            code="protocol.file", reason=f"{path.name} cannot be opened", field="file"
        ) from error
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    digits, colon, _ = bare.partition(b":")
    flow = bool(colon) and digits.isdigit()
    har = bare.startswith(b"{") and b'"log"' in bare[:400] and b'"entries"' in bare
    lines = b'"body_b64"' in bare or (b'"url"' in bare[:400] and b'"headers"' in bare)
    return flow or head[:2] == b"\x1f\x8b" or har or lines


def _captured(path: Path) -> Iterator[Call]:
    answers = _answers(path)
    number = 0
    for request in read_capture(path):
        fields = _fields(request)
        if not fields:
            continue
        number += 1
        yield Call(
            number,
            fields,
            answers.get(request.request_id),
            url=request.url,
            to=bare_host(request.url),
            headers=dict(request.headers),
        )


def _fields(request: Request) -> Mapping[str, Any]:
    """The body as fields (JSON or form), else the query; {} where neither is one."""
    text = request.body.decode("utf-8", "replace").strip()
    value = _json(text)
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list):
        return {"list": value}
    query = request.url.partition("?")[2].partition("#")[0]
    return dict(parse_qsl(text if "=" in text and not value else query, keep_blank_values=True))


def _answers(path: Path) -> dict[str, Any]:
    """The JSON responses of a HAR by request id, named as the capture reader names them."""
    rows: dict[str, Any] = {}
    with path.open("rb") as stream:
        try:
            for number, entry in enumerate(ijson.items(stream, "log.entries.item", use_float=True)):
                names = ("_request_id", "request_id", "_requestId", "_id", "id")
                name = next((str(entry[key]) for key in names if key in entry), str(number))
                content = (entry.get("response") or {}).get("content") or {}
                rows[name] = _json(str(content.get("text") or ""))
        except (ijson.JSONError, AttributeError):
            return rows
    return rows


def _documented(path: Path) -> Iterator[Call]:
    if path.stat().st_size > _MOST_BYTES:
        raise Invalid(
            code="protocol.size", reason=f"{path.name} is too large for a document", field="file"
        )
    text = path.read_text(encoding="utf-8-sig")
    number = 0
    for line, value in _values(text, path.name):
        for row in _rows(value):
            number += 1
            yield _call(number, row, line)


def _values(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """Every JSON value with the line it begins at: of the fences, else one after another."""
    fences = list(_FENCE.finditer(text))
    blocks = [(found.start(1), found[1]) for found in fences] or [(0, text)]
    for start, block in blocks:
        decoder, at = json.JSONDecoder(), 0
        while at < len(block):
            if block[at].isspace() or block[at] == ",":
                at += 1
                continue
            line = text.count("\n", 0, start + at) + 1
            try:
                value, at = decoder.raw_decode(block, at)
            except ValueError as error:
                raise Invalid(
                    code="protocol.format",
                    reason=f"{name} holds no JSON at line {line}",
                    field="file",
                    remedy="see docs/checks.md for what can be read",
                ) from error
            yield line, value


def _rows(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping) and isinstance(value.get("calls"), list):
        value = value["calls"]
    rows = value if isinstance(value, list) else [value]
    return (row for row in rows if isinstance(row, Mapping))


def _call(number: int, row: Mapping[str, Any], line: int) -> Call:
    wrapped = isinstance(row.get("request"), Mapping) or "response" in row
    request = row.get("request") if wrapped else row
    sender, to = (str(row.get(key) or "") for key in ("from", "to"))
    url = str(row.get("url") or "") if wrapped else ""
    return Call(
        number,
        request if isinstance(request, Mapping) else {},
        row.get("response") if wrapped else _answer_alone(row),
        name=str(row.get("name") or "") if wrapped else "",
        url=url,
        sender=sender,
        to=to or bare_host(url),
        line=line,
        secret=str(row.get("secret") or "") if wrapped else "",
        headers={str(k): str(v) for k, v in (row.get("headers") or {}).items()} if wrapped else {},
    )


def _answer_alone(row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """A bare object with a code and data is a response nobody wrapped."""
    return row if {"code", "data"} <= set(row) or {"status", "data"} <= set(row) else None


def _json(text: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads(text)
    except ValueError:
        return None
