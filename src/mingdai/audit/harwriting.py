"""Write a visit's traffic as HAR 1.2 (frames as Chromium's `_webSocketMessages`) and JSON Lines.

Ids are the visit's own in both, so a finding can be explained from either file.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

from mingdai.audit.leaving import as_request
from mingdai.audit.visits import Exchange, Visit


def jsonl_lines(exchanges: Iterable[Exchange]) -> Iterator[str]:
    """One line a request, as the detector's reader takes it; what never left is left out."""
    for each in exchanges:
        if not each.sent:
            continue
        request = as_request(each)
        yield json.dumps(
            {
                "request_id": request.request_id,
                "ts": request.ts,
                "method": request.method,
                "url": request.url,
                "headers": [list(pair) for pair in request.headers],
                "body_b64": base64.b64encode(request.body).decode(),
                "kind": request.kind,
            },
            ensure_ascii=False,
        )


def har_of(visit: Visit) -> dict[str, object]:
    """The whole visit as one HAR object."""
    frames: dict[str, list[Exchange]] = {}
    for each in visit.exchanges:
        if each.kind == "ws_frame":
            frames.setdefault(each.url, []).append(each)
    entries = [
        _entry(each, frames.pop(each.url, []) if each.resource == "websocket" else [])
        for each in visit.exchanges
        if each.kind == "http" and each.sent
    ]
    pages = [
        {
            "startedDateTime": _moment(view.at),
            "id": f"page_{view.number}",
            "title": view.title,
            "pageTimings": {},
        }
        for view in visit.pages
    ]
    creator = {"name": "mingdai audit", "version": "1"}
    return {"log": {"version": "1.2", "creator": creator, "pages": pages, "entries": entries}}


def _entry(exchange: Exchange, frames: list[Exchange]) -> dict[str, object]:
    entry: dict[str, object] = {
        "_request_id": exchange.request_id,
        "_seen_by": list(exchange.seen_by),
        "pageref": f"page_{exchange.page}",
        "startedDateTime": _moment(exchange.at),
        "time": 0,
        "request": _request(exchange),
        "response": _response(exchange.status),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
    }
    if frames:
        entry["_webSocketMessages"] = [
            {
                "type": "send",
                "time": frame.at,
                "opcode": 2,
                "data": base64.b64encode(frame.body).decode(),
            }
            for frame in frames
        ]
    return entry


def _request(exchange: Exchange) -> dict[str, object]:
    url = exchange.url.partition("#")[0]
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return {
        "method": exchange.method,
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": name, "value": value} for name, value in exchange.headers],
        "queryString": [{"name": name, "value": value} for name, value in query],
        "headersSize": -1,
        "bodySize": len(exchange.body),
        **({"postData": _post(exchange)} if exchange.body else {}),
    }


def _post(exchange: Exchange) -> dict[str, str]:
    kind = next((v for k, v in exchange.headers if k.lower() == "content-type"), "")
    try:
        return {"mimeType": kind, "text": exchange.body.decode("ascii")}
    except UnicodeDecodeError:
        text = base64.b64encode(exchange.body).decode()
        return {"mimeType": kind, "text": text, "encoding": "base64", "comment": "base64"}


def _response(status: int) -> dict[str, object]:
    return {
        "status": status,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "content": {"size": -1, "mimeType": ""},
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
    }


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
