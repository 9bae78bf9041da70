"""The process: an HTTP server on the loopback address, a thread that calls back, one that asks.

The standard library's threading server: a demo serves one person, and one process means that
killing it kills everything at once, which the kill tests rely on.  Not for the open internet.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from mingdai_client.api import PlatformApi
from mingdai_client.opening import Trust
from mingdai_proofs.envelopes import MAX_ENVELOPE_BYTES
from mingdai_sandbox import explaining, queueing, relaying, storing
from mingdai_sandbox.answering import Answer, refuse
from mingdai_sandbox.calling import Caller, keep_calling
from mingdai_sandbox.clocks import read_clock
from mingdai_sandbox.configuring import LenderConfig, SandboxConfig
from mingdai_sandbox.databases import Database
from mingdai_sandbox.explaining import Explainer, keep_answering
from mingdai_sandbox.queueing import Outbox
from mingdai_sandbox.receiving import Desk, Pace
from mingdai_sandbox.relaying import PASSED_ON, TIMEOUT, Bureau
from mingdai_sandbox.routing import Request, Town, route
from mingdai_sandbox.storing import LenderStore

HOST = "127.0.0.1"
_LOCAL = frozenset({"127.0.0.1", "localhost"})
_LOG = logging.getLogger("mingdai_sandbox")


def build_town(config: SandboxConfig, *, port: int) -> Town:
    """Everyone the configuration names, with their files; relays without address are local.

    Raises Flawed where the platform's policy or key cannot be read.
    """
    trust = Trust.parse(policy=config.platform.policy, manifest_key=config.platform.manifest_key)
    desks, outboxes, databases = {}, {}, {}
    for lender in config.lenders.values():
        path = config.folder / "lenders" / f"{lender.id}.sqlite3"
        tables = storing.TABLES + queueing.TABLES + explaining.TABLES
        database = databases[lender.id] = Database(path, tables=tables)
        pace = Pace(config.pace_s, config.hold_s)
        desks[lender.id] = Desk(lender, trust, LenderStore(database), pace, secrets.token_bytes)
        outboxes[lender.id] = Outbox(database)
    bureau = Bureau(
        replace(config.bureau, relays=_addresses(config.bureau.relays, port)),
        manifest_key=trust.manifest_key,
        database=Database(config.folder / "bureau.sqlite3", tables=relaying.TABLES),
        client=httpx.Client(timeout=TIMEOUT, trust_env=False),
    )
    return Town(desks, outboxes, databases, bureau, read_clock)


def _addresses(relays: Mapping[str, str], port: int) -> dict[str, str]:
    return {name: url or f"http://{HOST}:{port}/lenders/{name}" for name, url in relays.items()}


def serve(config: SandboxConfig, *, port: int, stop: threading.Event) -> None:
    """Serve on 127.0.0.1:`port` until `stop` is set.  Raises OSError where the port is taken."""
    town = build_town(config, port=port)
    callers, explainers = _callers(config, town), _explainers(config, town)
    ask = {"every_s": config.ask_s, "clock": read_clock, "stop": stop}
    with TownServer(town, port=port, stop=stop) as server:
        threads = [
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}),
            threading.Thread(
                target=keep_calling, args=(callers,), kwargs={"clock": read_clock, "stop": stop}
            ),
            threading.Thread(target=keep_answering, args=(explainers,), kwargs=ask),
        ]
        for thread in threads:
            thread.start()
        stop.wait()
        server.shutdown()
        for thread in threads:
            thread.join()


def _callers(config: SandboxConfig, town: Town) -> list[Caller]:
    return [
        Caller(town.outboxes[each.id], api=_connect(config, each), secret=each.webhook_secret)
        for each in config.lenders.values()
    ]


def _explainers(config: SandboxConfig, town: Town) -> list[Explainer]:
    return [
        Explainer(each.id, each.sightings, _connect(config, each), town.databases[each.id])
        for each in config.lenders.values()
        if each.sightings is not None
    ]


def _connect(config: SandboxConfig, lender: LenderConfig) -> PlatformApi:
    return PlatformApi(config.platform.url, api_key=lender.api_key, attempts=1)


class TownServer(ThreadingHTTPServer):
    """The town's HTTP side on 127.0.0.1; `stop` ends held answers early."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, town: Town, *, port: int, stop: threading.Event) -> None:
        """Listen; port 0 is any free one.  Raises OSError where the port is taken."""
        self.town = town
        self.stop = stop
        super().__init__((HOST, port), _Handler)

    def server_close(self) -> None:
        """Give the port and the bureau's connections back."""
        super().server_close()
        self.town.bureau.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "mingdai-sandbox"
    sys_version = ""
    timeout = 60
    server: TownServer

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer(self._route(b""))

    def do_POST(self) -> None:
        """Answer a POST with a body of known, bounded length."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self._end(refuse(411, "body.length_required"))
        elif int(length) > MAX_ENVELOPE_BYTES:
            self._end(refuse(413, "body.too_large"))
        else:
            self._answer(self._route(self.rfile.read(int(length))))

    def _route(self, body: bytes) -> Answer:
        if self.headers.get("Host", "").rpartition(":")[0] not in _LOCAL:
            return refuse(421, "host.unknown")
        headers = {name: self.headers.get(name, "") for name in PASSED_ON}
        return route(self.server.town, Request(self.command, self.path, headers, body))

    def _end(self, answer: Answer) -> None:
        self.close_connection = True
        self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        if answer.hold_s:
            self.server.stop.wait(answer.hold_s)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Log the request line's outcome; paths and codes hold no personal information."""
        _LOG.info(format, *args)
