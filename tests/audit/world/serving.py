"""Several companies on one loopback port, told apart by their Host header.

Each request is kept as received.  Nothing is ever sent anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PERMISSIVE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Allow-Methods": "*",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Got:
    """One request (or frame) as a server received it."""

    at: float
    host: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    body: str | bytes = "ok"
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


Page = Callable[[Got], Reply]


class World:
    """`pages` answers by (host, path); what no page answers is a 404, `/b/…` always a plain ok."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.pages: dict[tuple[str, str], Page] = {}
        self.log: list[Got] = []
        world = self

        class Handler(_Handler):
            owner = world

        self.handler = Handler
        self.servers: list[_Server] = []
        self.threads: list[threading.Thread] = []
        self.port = self._bind()

    def _bind(self) -> int:
        server = _Server(("127.0.0.1", 0), self.handler)
        if self.tls is not None:
            server.socket = self.tls.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.servers.append(server)
        return int(server.server_address[1])

    def _serve(self, server: _Server) -> None:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        self.threads.append(thread)

    def second_port(self) -> int:
        """Another port of the same world, told apart by nothing but its number."""
        port = self._bind()
        if self.threads:
            self._serve(self.servers[-1])
        return port

    def __enter__(self) -> World:
        for server in self.servers:
            self._serve(server)
        return self

    def __exit__(self, *_: object) -> None:
        for server in self.servers:
            server.shutdown()
            server.server_close()
        for thread in self.threads:
            thread.join()

    def url(self, host: str, path: str = "/") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def page(self, host: str, path: str, body: str | Reply | Page) -> None:
        if isinstance(body, str):
            fixed = Reply(body)
            self.pages[host, path] = lambda got: fixed
        elif isinstance(body, Reply):
            kept = body
            self.pages[host, path] = lambda got: kept
        else:
            self.pages[host, path] = body

    def answer(self, got: Got) -> Reply:
        path = got.path.partition("?")[0]
        page = self.pages.get((got.host, path))
        if page is not None:
            return page(got)
        if path.startswith("/b/"):
            return Reply("ok", kind="text/plain")
        return Reply("not found", status=404)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in mid-request is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: World

    def _got(self) -> Got:
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size) if size else b""
        host = (self.headers.get("Host") or "").partition(":")[0]
        return Got(time.time(), host, self.command, self.path, dict(self.headers), body)

    def _serve(self) -> None:
        got = self._got()
        self.owner.log.append(got)
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self._socket(got)
            return
        reply = self.owner.answer(got)
        data = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        headers = {**PERMISSIVE, "Content-Type": reply.kind, **reply.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_POST = do_OPTIONS = do_HEAD = _serve  # noqa: N815

    def _socket(self, got: Got) -> None:
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()  # noqa: S324
        self.send_response(101)
        for name, value in (
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", accept),
        ):
            self.send_header(name, value)
        self.end_headers()
        while True:
            head = self.rfile.read(2)
            if len(head) < 2 or head[0] & 0x0F == 8:
                break
            size = head[1] & 0x7F
            if size >= 126:
                size = int.from_bytes(self.rfile.read(2 if size == 126 else 8), "big")
            mask = self.rfile.read(4)
            body = bytes(b ^ mask[i % 4] for i, b in enumerate(self.rfile.read(size)))
            self.owner.log.append(Got(time.time(), got.host, "FRAME", got.path, {}, body))
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet."""
