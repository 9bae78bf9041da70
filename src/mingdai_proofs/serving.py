"""The witness as an HTTP service.  Source: C2SP tlog-witness, "HTTP Interface".

`POST /add-checkpoint`, `GET /<hex sha256 of the origin>/checkpoint`, and `GET /` for its keys.
Serve it behind TLS wherever it is not on the loopback address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mingdai_proofs.witnessing import MAX_REQUEST_BYTES, Answer, Witness

_CHECKPOINT = re.compile(r"/([0-9a-f]{64})/checkpoint")


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness; `clock` gives POSIX seconds.  Port 0 takes a free one."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, address: tuple[str, int], witness: Witness, clock: Callable[[], int]
    ) -> None:
        """Bind to `address`; call `serve_forever` to answer."""
        self.witness = witness
        self.clock = clock
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    protocol_version = "HTTP/1.1"
    server_version = "mingdai-witness"
    sys_version = ""
    timeout = 30
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdecimal():
            self._refuse(Answer(411, "request.length: a Content-Length is needed\n"))
        elif int(length[:12]) > MAX_REQUEST_BYTES:
            self._refuse(Answer(413, "request.length: the request is too long\n"))
        elif self.path != "/add-checkpoint":
            self._refuse(Answer(404, "request.path: post to /add-checkpoint\n"))
        else:
            body = self.rfile.read(int(length))
            self._send(self.server.witness.add_checkpoint(body, now_s=self.server.clock()))

    def do_GET(self) -> None:
        found = _CHECKPOINT.fullmatch(self.path)
        if found:
            self._send(self.server.witness.latest(found[1]))
        elif self.path == "/":
            keys = [each.verifier.vkey for each in self.server.witness.signers]
            self._send(Answer(200, "".join(f"{each}\n" for each in keys)))
        else:
            self._send(Answer(404, "request.path: there is nothing here\n"))

    def _refuse(self, answer: Answer) -> None:
        """Answer without having read the body; the connection cannot be used again."""
        self.close_connection = True
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Keep no access log."""
