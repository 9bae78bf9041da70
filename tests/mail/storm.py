"""A storm of letters over a real door that is killed in the middle; what was accepted is counted.

Senders behave as mail servers do: what was not answered with 250 is sent again, the same bytes.
`tests.mail.child` makes its world and says what is stored.
"""

from __future__ import annotations

import json
import os
import queue
import smtplib
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

HERE = "127.0.0.1"
MAIL_FROM = "bounce@heyan.example"
ZONE = """heyan.example. IN TXT "v=spf1 ip4:127.0.0.1 -all"
_dmarc.heyan.example. IN TXT "v=DMARC1; p=reject"
"""
BODY = "您的还款日是二十五日。\r\n" * 60


def message(number: int) -> bytes:
    """A letter of about 2 KB, unlike any other."""
    head = (
        f"From: notice@heyan.example\r\nTo: you\r\nSubject: {number}\r\n"
        f"Message-ID: <{number}@heyan.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    return head.encode() + BODY.encode()


@dataclass
class Storm:
    """`count` letters to `addresses` in turn; at most `rate` a second, 0 for as fast as it goes."""

    port: int
    addresses: list[str]
    count: int
    connections: int = 16
    rate: float = 0.0
    offset: int = 0
    accepted: dict[int, float] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    repeats: int = 0

    def run(self) -> None:
        """Until every letter was accepted."""
        self._left: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._began = time.monotonic()
        for number in range(self.offset, self.offset + self.count):
            self._left.put(number)
        threads = [threading.Thread(target=self._send) for _ in range(self.connections)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()

    def _send(self) -> None:
        session = None
        while True:
            try:
                number = self._left.get_nowait()
            except queue.Empty:
                break
            if self.rate:
                due = self._began + (number - self.offset) / self.rate
                time.sleep(max(0.0, due - time.monotonic()))
            while number not in self.accepted:
                session = self._try(session, number)
        if session is not None:
            session.close()

    def _try(self, session: smtplib.SMTP | None, number: int) -> smtplib.SMTP | None:
        raw, to = message(number), self.addresses[number % len(self.addresses)]
        try:
            if session is None:
                session = smtplib.SMTP(HERE, self.port, timeout=30)
                session.ehlo("mx.test")
            began = time.monotonic()
            session.sendmail(MAIL_FROM, [to], raw)
        except (OSError, smtplib.SMTPException):
            self.repeats += 1
            if session is not None:
                session.close()
            time.sleep(0.05)
            return None
        now = time.monotonic()
        self.waits_s.append(now - began)
        self.accepted[number] = now
        return session


class DoorProcess:
    """`mingdai mail door` and `mingdai mail work` as processes of their own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._process: subprocess.Popen[str]
        self._worker: subprocess.Popen[bytes]
        self.port = 0

    def start(self) -> None:
        mail = [sys.executable, "-m", "mingdai.cli", "mail"]
        self._worker = subprocess.Popen([*mail, "work"], env=self._environment)
        command = [*mail, "door", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, env=self._environment, stdout=subprocess.PIPE, text=True
        )
        line = self._process.stdout.readline()
        self.port = int(line.rpartition(":")[2])

    def kill(self) -> None:
        """SIGKILL to both, without warning."""
        self._worker.kill()
        self._process.kill()
        self._end()

    def stop(self) -> None:
        """SIGTERM, and wait for an orderly end."""
        self._worker.terminate()
        self._process.terminate()
        self._end()

    def _end(self) -> None:
        self._worker.wait(timeout=60)
        self._process.wait(timeout=60)
        assert self._process.stdout is not None
        self._process.stdout.close()


def environment(folder: Path, database_url: str) -> dict[str, str]:
    """What the processes of one world share."""
    zone = folder / "zone"
    zone.write_text(ZONE)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mingdai.settings",
        "MINGDAI_DATA": str(folder / "data"),
        "DATABASE_URL": database_url,
        "MINGDAI_MAIL_ZONE": str(zone),
        "MINGDAI_MAIL_RATE": "1000000",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }


def ask(words: list[str], given: dict[str, str]) -> object:
    """What `make` or `count` prints."""
    command = [sys.executable, "-m", "tests.mail.child", *words]
    answer = subprocess.run(command, env=given, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout.splitlines()[-1])


def compare(storm: Storm, stored: dict[str, int]) -> dict[str, int]:
    """Accepted letters beside stored ones: both counts, lost ones, ones stored twice."""
    accepted = {sha256(message(each)).hexdigest() for each in storm.accepted}
    return {
        "accepted": len(accepted),
        "stored": sum(stored.get(each, 0) for each in accepted),
        "lost": len(accepted - stored.keys()),
        "twice": sum(count > 1 for count in stored.values()),
    }
