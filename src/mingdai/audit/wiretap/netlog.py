"""Read Chromium's `--log-net-log` file (capture mode Everything).

It holds the bytes written to every socket, before encryption, whoever asked for them: workers,
beacons of closed tabs, the browser itself.  HTTP/2 and QUIC are switched off while walking, so
HTTP/1.1 is all there is to read.  A log cut short is read up to the cut.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingdai.audit.wiretap.frames import messages_in
from mingdai.audit.wiretap.http1 import (
    Message,
    Stream,
    answers_in,
    plain_body,
    requests_in,
    status_of,
)

_SENT = {"SOCKET_BYTES_SENT": False, "SSL_SOCKET_BYTES_SENT": True}
_GOT = {"SOCKET_BYTES_RECEIVED": False, "SSL_SOCKET_BYTES_RECEIVED": True}
_MAX_ANSWER = 4 << 20


@dataclass(frozen=True, slots=True)
class Wire:
    """One request (or frame, `kind` "ws_frame") as its bytes left, and the answer's text."""

    at: float
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    kind: str = "http"
    status: int = 0
    answer_type: str = ""
    answer: bytes = b""
    answered_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Started:
    """A request the network stack was asked for; `initiator` is an origin or "browser"."""

    at: float
    method: str
    url: str
    initiator: str


@dataclass(slots=True)
class NetLog:
    """All of a log: what left, what was asked for, and how many bytes went out over UDP."""

    wires: list[Wire] = field(default_factory=list)
    started: list[Started] = field(default_factory=list)
    udp_bytes: int = 0


@dataclass(slots=True)
class _Socket:
    sent: Stream = field(default_factory=Stream)
    got: Stream = field(default_factory=Stream)
    secure: bool = False


def read_netlog(path: Path) -> NetLog:
    """Everything the log says; an empty result where the file is missing or no net log."""
    log = NetLog()
    sockets: dict[int, _Socket] = {}
    names: dict[int, str] = {}
    offset = 0.0
    for row in _rows(path):
        constants = row.get("constants")
        if constants:
            names = {number: name for name, number in constants["logEventTypes"].items()}
            offset = float(constants.get("timeTickOffset", 0))
            continue
        _take(log, sockets, row, name=names.get(row.get("type", -1), ""), offset=offset)
    for socket in sockets.values():
        log.wires += _wires_of(socket)
    log.wires.sort(key=lambda wire: wire.at)
    return log


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The constants, then each event: the file has one of them on a line."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            text = line.strip().rstrip(",")
            if text.startswith('{"constants"'):
                text += "}"
            text = text.removeprefix('"events": [').removesuffix("]}").rstrip(",")
            try:
                row = json.loads(text)
            except ValueError:
                continue
            if isinstance(row, dict):
                yield row


def _take(
    log: NetLog, sockets: dict[int, _Socket], row: dict[str, Any], *, name: str, offset: float
) -> None:
    params = row.get("params") or {}
    if name == "URL_REQUEST_START_JOB" and "url" in params:
        at = (float(row["time"]) + offset) / 1000
        initiator = str(params.get("initiator", ""))
        initiator = "browser" if initiator == "not an origin" else initiator
        log.started.append(Started(at, str(params.get("method", "GET")), params["url"], initiator))
    elif name == "UDP_BYTES_SENT":
        log.udp_bytes += int(params.get("byte_count", 0))
    elif (name in _SENT or name in _GOT) and "bytes" in params:
        at = (float(row["time"]) + offset) / 1000
        socket = sockets.setdefault(row["source"]["id"], _Socket())
        _add(socket, name=name, at=at, data=base64.b64decode(params["bytes"]))


def _add(socket: _Socket, *, name: str, at: float, data: bytes) -> None:
    """A socket that turns to TLS keeps only what was inside."""
    secure = _SENT.get(name, _GOT.get(name, False))
    if secure and not socket.secure:
        socket.sent, socket.got, socket.secure = Stream(), Stream(), True
    if secure == socket.secure:
        (socket.sent if name in _SENT else socket.got).add(at, data)


def _wires_of(socket: _Socket) -> Iterator[Wire]:
    requests = list(requests_in(socket.sent))
    methods = [request.start.partition(" ")[0] for request in requests]
    answers: list[Message | None] = list(answers_in(socket.got, methods))
    answers += [None] * (len(requests) - len(answers))
    for request, answer in zip(requests, answers, strict=False):
        url = _url(request, "https" if socket.secure else "http")
        yield _wire(request, answer, url)
        if request.header("upgrade").lower() == "websocket":
            for at, body in messages_in(socket.sent, request.end):
                yield Wire(at, "GET", url, (), body, kind="ws_frame", status=101)


def _wire(request: Message, answer: Message | None, url: str) -> Wire:
    method = request.start.partition(" ")[0]
    if answer is None:
        return Wire(request.at, method, url, request.headers, request.body)
    return Wire(
        request.at,
        method,
        url,
        request.headers,
        request.body,
        status=status_of(answer),
        answer_type=answer.header("content-type"),
        answer=plain_body(answer)[:_MAX_ANSWER],
        answered_at=answer.at,
    )


def _url(request: Message, scheme: str) -> str:
    parts = request.start.split(" ")
    target = parts[1] if len(parts) > 1 else ""
    if "://" in target:
        return target
    if request.header("upgrade").lower() == "websocket":
        scheme = {"http": "ws", "https": "wss"}[scheme]
    return f"{scheme}://{request.header('host')}{target}"
