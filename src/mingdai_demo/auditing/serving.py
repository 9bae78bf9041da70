"""Several made-up companies on one loopback port, told apart by the name in the Host header.

Names end in `.test` (RFC 6761); nothing is ever sent anywhere.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from string import Template
from types import TracebackType
from typing import Any

HOST = "127.0.0.1"
_FOLDER = files("mingdai_demo.auditing").joinpath("pages")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as a company's server received it."""

    host: str
    method: str
    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers."""

    body: str = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[[Asked, int], Reply]
"""Answers one address; the number is the port of the world."""


class World:
    """The companies by host; use it as a context.  `received` is what their servers really got."""

    def __init__(self, answers: Mapping[tuple[str, str], Answer]) -> None:
        """`answers` by (host, path); anything else is an empty answer, so that beacons arrive."""
        self.received: list[Asked] = []
        self._answers = dict(answers)
        self._server = ThreadingHTTPServer((HOST, 0), partial(_Handler, self.reply))
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> World:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply(self, asked: Asked) -> Reply:
        """Keep the request and answer it."""
        self.received.append(asked)
        answer = self._answers.get((asked.host, asked.path.partition("?")[0]))
        return answer(asked, self.port) if answer else Reply(status=204)

    def url(self, host: str) -> str:
        """The first page of a company."""
        return f"http://{host}:{self.port}/"


def page(name: str, **values: object) -> Reply:
    """A page of the folder with its values filled in."""
    text = _FOLDER.joinpath(name).read_text(encoding="utf-8")
    kinds = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
    kind = kinds.get(name.rpartition(".")[2], "text/html; charset=utf-8")
    return Reply(Template(text).safe_substitute(values), kind=kind)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, reply: Callable[[Asked], Reply], *given: Any) -> None:  # noqa: ANN401 - the server's own
        self._reply = reply
        super().__init__(*given)

    def _serve(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        host = (self.headers.get("Host") or "").partition(":")[0]
        reply = self._reply(Asked(host, self.command, self.path, self.rfile.read(size)))
        data = reply.body.encode()
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD" and reply.status != 204:
            self.wfile.write(data)

    def do_GET(self) -> None:
        """Answer."""
        self._serve()

    def do_POST(self) -> None:
        """Answer."""
        self._serve()

    def log_message(self, *_: object) -> None:
        """Say nothing: the walk does the talking."""
