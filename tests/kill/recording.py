"""The line between two processes: passes every request on and keeps what crossed, and the answer.

It lives in the test's process, so what it saw outlives whoever is killed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSED_ON = ("Content-Type", "Idempotency-Key", "Accept")


@dataclass
class Exchange:
    """One POST: where to, its bytes, and the answer's status, 0 while there is none."""

    path: str
    body: bytes
    status: int = 0


@dataclass
class Line:
    """What crossed so far, to the loopback port `to`; listens on `port`."""

    to: int
    port: int = 0
    crossed: list[Exchange] = field(default_factory=list)

    def sent(self, ending: str) -> list[Exchange]:
        """The requests to paths that end so."""
        return [each for each in self.crossed if each.path.endswith(ending)]

    def carry(self, method: str, path: str, headers: dict[str, str], body: bytes) -> _Answer | None:
        """Pass one request on; None where the other end went away."""
        exchange = Exchange(path, body)
        if method == "POST":
            self.crossed.append(exchange)
        connection = HTTPConnection("127.0.0.1", self.to, timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            data = response.read()
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()
        exchange.status = response.status
        return _Answer(response.status, response.getheader("Content-Type", ""), data)


@dataclass(frozen=True)
class _Answer:
    status: int
    content_type: str
    data: bytes


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A killed caller leaves a broken connection: that is what these tests are about."""


@contextmanager
def recording(to: int) -> Iterator[Line]:
    """A line to the loopback port `to`."""
    line = Line(to)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._pass_on(b"")

        def do_POST(self) -> None:
            self._pass_on(self.rfile.read(int(self.headers["Content-Length"])))

        def _pass_on(self, body: bytes) -> None:
            headers = {name: self.headers[name] for name in PASSED_ON if self.headers[name]}
            answer = line.carry(self.command, self.path, headers, body)
            if answer is None:
                self.close_connection = True
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.data)))
            self.end_headers()
            self.wfile.write(answer.data)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with _Quiet(("127.0.0.1", 0), Handler) as server:
        line.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield line
        server.shutdown()
        thread.join()
