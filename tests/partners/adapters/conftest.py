"""A real HTTP partner on loopback that answers what the test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mingdai.partners.models import Partner


@dataclass
class Counter:
    """What to answer, and what was asked so far."""

    status: int = 202
    body: bytes = b"{}"
    seen: list[tuple[str, str, bytes]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def counter() -> Iterator[Counter]:
    state = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.seen.append((self.path, self.headers["Idempotency-Key"], body))
            self.send_response(state.status)
            self.send_header("Content-Length", str(len(state.body)))
            self.end_headers()
            self.wfile.write(state.body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def lender(counter: Counter) -> Partner:
    return Partner(id="yunting-cf", endpoint=f"{counter.url}/lenders/yunting-cf/")


@pytest.fixture
def bureau(counter: Counter) -> Partner:
    return Partner(id="puyuan-cb", endpoint=f"{counter.url}/bureau")
