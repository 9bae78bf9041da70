"""A real SMTP server that takes what we send, or refuses it as it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import default

from aiosmtpd.controller import Controller

from mingdai.mail.sending import Smarthost
from tests.mail.post import HERE


@dataclass
class Taken:
    """One message as it was handed over."""

    mail_from: str
    to: str
    data: bytes

    @property
    def message(self) -> Message:
        return BytesParser(policy=default).parsebytes(self.data)


@dataclass
class Server:
    """`answer` is what it says to RCPT and, where that is yes, to DATA."""

    rcpt: str = "250 OK"
    answer: str = "250 OK"
    taken: list[Taken] = field(default_factory=list)
    port: int = 0

    @property
    def smarthost(self) -> Smarthost:
        return Smarthost(HERE, self.port, "alias.mingdai.example", timeout_s=10)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.taken.append(
                Taken(envelope.mail_from, envelope.rcpt_tos[0], envelope.original_content)
            )
        return self.answer


class OnAnyPort(Controller):
    """On a port the system chose."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def smarthost() -> Iterator[Server]:
    server = Server()
    controller = OnAnyPort(server, hostname=HERE, port=0)
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()
