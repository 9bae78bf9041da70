"""A simulated mailbox: takes what the platform sends on and keeps each message as a file.

It stands for the borrower's and the lenders' mail servers, which the demo does not have.
"""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class Keeper:
    """Writes every message to `folder`, numbered in the order of arrival."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made, for its owner only."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._lock = threading.Lock()

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep one message; its recipient is not printed."""
        with self._lock:
            number = len(list(self._folder.glob("*.eml"))) + 1
            path = self._folder / f"{number:04d}.eml"
            path.write_bytes(envelope.original_content or b"")
        sys.stdout.write(f"simulated mailbox: {path.name}\n")
        sys.stdout.flush()
        return "250 2.0.0 Kept"


def serve(folder: Path, port: int) -> int:
    """Take mail until SIGTERM or SIGINT."""
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    controller = Controller(Keeper(folder), hostname=HOST, port=port)
    controller.start()
    stop.wait()
    controller.stop()
    return 0
