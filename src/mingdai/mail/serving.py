"""收信的门: a real SMTP server for the alias domain.

Takes mail for known addresses only and answers 250 when the message is durable, not before.
STARTTLS is offered always.  Limits: size, recipients, connections and messages per peer.
Source: RFC 5321, 3207, 1870, 6531.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, connection, connections

from mingdai.mail import admitting
from mingdai.mail.addressing import Target, find_target
from mingdai.mail.limiting import Peers
from mingdai.mail.queueing import Arrival, Intake

logger = logging.getLogger("mingdai.mail")

LOOKUPS = 2
"""Threads that look addresses up."""


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """Where the door stands and what it takes; `size` in bytes, `idle_s` in seconds."""

    host: str
    port: int
    name: str
    tls: ssl.SSLContext | None
    size: int = 10 * 1024 * 1024
    idle_s: float = 60.0


class _Post(Envelope):
    """An SMTP transaction that remembers where each accepted address leads."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, Target] = {}


class _Server(SMTP):
    """One connection; refuses itself where its peer has too many."""

    def __init__(self, handler: Handler, peers: Peers, settings: DoorSettings) -> None:
        super().__init__(
            handler,
            hostname=settings.name,
            ident="mingdai",
            data_size_limit=settings.size,
            enable_SMTPUTF8=True,
            tls_context=settings.tls,
            timeout=settings.idle_s,
        )
        self._peers = peers
        self._peer = ""

    def _create_envelope(self) -> _Post:
        return _Post()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection, once; after STARTTLS this is called again."""
        if not self._peer:
            peer = transport.get_extra_info("peername")
            self._peer = peer[0] if peer else "local"
            if not self._peers.enter(self._peer):
                self._peer = ""
                transport.close()
                return
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Count it out again."""
        if self._peer:
            self._peers.leave(self._peer)
            self._peer = ""
        if self.session is not None:
            super().connection_lost(error)


class Handler:
    """What the server asks at each step; names are aiosmtpd's."""

    def __init__(self, intake: Intake, peers: Peers) -> None:
        """Messages go into `intake`."""
        self._intake = intake
        self._peers = peers
        self._pool = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="mail-lookup")

    def close(self) -> None:
        """End the threads and their connections."""
        meeting = threading.Barrier(LOOKUPS)
        for _ in range(LOOKUPS):
            self._pool.submit(_hang_up_together, meeting)
        self._pool.shutdown()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: _Post, address: str, options: list[str]
    ) -> str:
        """Begin a transaction, unless the peer sends too fast."""
        if not self._peers.take(_ip(session)):
            return admitting.SLOW_DOWN
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: _Post, address: str, options: list[str]
    ) -> str:
        """Take known addresses only."""
        if len(envelope.rcpt_tos) >= admitting.MOST_RECIPIENTS:
            return admitting.TOO_MANY
        loop = asyncio.get_running_loop()
        target = await loop.run_in_executor(self._pool, partial(_look_up, address))
        if target is None:
            return admitting.UNKNOWN
        envelope.targets[address] = target
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: _Post
    ) -> str:
        """250 once every copy is durable."""
        raw = envelope.original_content or b""
        refused = admitting.refuse_message(raw)
        if refused:
            return refused
        arrivals = [
            Arrival(target, _described(session, envelope, address), raw)
            for address, target in envelope.targets.items()
        ]
        try:
            await asyncio.wrap_future(self._intake.put(arrivals))
        except Exception as error:  # whatever went wrong, the sender keeps its copy
            logger.error("a message was not stored: %s", type(error).__name__)
            return admitting.NOT_STORED
        return admitting.STORED

    async def handle_exception(self, error: Exception) -> str:
        """Never say more than that it failed."""
        logger.error("a session failed: %s", type(error).__name__)
        return "451 4.3.0 Local error"


class Door:
    """The server in a thread of its own; `port` is the real one after `open`."""

    def __init__(self, settings: DoorSettings, *, intake: Intake, peers: Peers) -> None:
        """Nothing listens before `open`."""
        self._settings = settings
        self._handler = Handler(intake, peers)
        self._make = lambda: _Server(self._handler, peers, settings)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail-door")
        self.port = 0

    def open(self) -> None:
        """Listen; raises OSError where the port is taken."""
        self._thread.start()
        try:
            self._server = self._call(self._listen())
        except OSError:
            self._end()
            raise
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Take no more connections and end those there are; what was accepted is durable."""
        self._call(self._hang_up())
        self._end()

    async def _listen(self) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._make, self._settings.host, self._settings.port)

    async def _hang_up(self) -> None:
        self._server.close()
        tasks = [each for each in asyncio.all_tasks() if each is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _call(self, work: Any) -> Any:  # noqa: ANN401 - whatever the coroutine gives
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._handler.close()


def tls_context(certificate: str, key: str = "") -> ssl.SSLContext:
    """The TLS side of the door; `key` is "" where the certificate's file holds it too."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key or None)
    return context


def _look_up(address: str) -> Target | None:
    """On the thread's own connection, which is opened anew after a failure."""
    try:
        return find_target(address)
    except DatabaseError:
        connection.close()
        raise


def _hang_up_together(meeting: threading.Barrier) -> None:
    """Close the thread's own connection; waiting makes every thread run one of these."""
    meeting.wait(timeout=10)
    connections.close_all()


def _described(session: Session, envelope: _Post, address: str) -> dict[str, str]:
    return {
        "ip": _ip(session),
        "helo": session.host_name or "",
        "mail_from": envelope.mail_from or "",
        "rcpt_to": address,
        "tls": "yes" if session.ssl is not None else "",
    }


def _ip(session: Session) -> str:
    return str(session.peer[0]) if session.peer else "127.0.0.1"
