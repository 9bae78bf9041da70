"""The demo world as a person starts it: one command, real processes, a data folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mingdai.errors import Unavailable
from mingdai_demo.environment import HOST

READY_S = 120.0
GRACE_S = 60.0
READING_S = "1"
"""Seconds a borrower has to read the table of costs; a demonstration reads fast."""

_READY = "Ctrl-C"
"""The guide ends with it; it speaks once the pages answer."""

Found = TypeVar("Found")


@dataclass(slots=True)
class World:
    """The running world; `data` is its folder, `said` what its processes print."""

    data: Path
    port: int
    environment: dict[str, str]
    runner: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://{HOST}:{self.port}"

    @property
    def said(self) -> Path:
        """What the processes print."""
        return self.data / "said.log"

    def wait(self) -> None:
        """Until the pages answer.  Raises Unavailable `demo.ended` or `demo.too_slow`."""

        def is_ready() -> bool:
            if self.runner.poll() is not None:
                raise Unavailable(
                    code="demo.ended",
                    reason="the demo world ended before it answered",
                    remedy=f"see {self.said}",
                )
            return _READY in self.said.read_text(encoding="utf-8", errors="replace")

        wait_until(is_ready, seconds=READY_S)

    def demo(self, *words: str) -> None:
        """Run a command of the demo on the same data; raises Unavailable `demo.command`."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "mingdai_demo", *words],
            env=self.environment,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise Unavailable(
                code="demo.command",
                reason=f"mingdai_demo {words[0]}: {done.stderr.decode(errors='replace')[-300:]}",
                remedy=f"see {self.said}",
            )

    def stop(self) -> None:
        """End every process."""
        if self.runner.poll() is None:
            os.killpg(self.runner.pid, signal.SIGINT)
        self.runner.wait(GRACE_S)


def start(data: Path) -> World:
    """Start the world on a fresh folder; its port is a free one, its database is embedded."""
    data.mkdir(parents=True, mode=0o700)
    port = _free_port()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MINGDAI_")}
    environment = {
        **kept,
        "DATABASE_URL": "",
        "PORT": str(port),
        "MINGDAI_DATA": str(data.resolve()),
        "MINGDAI_COST_READING_S": READING_S,
    }
    with (data / "said.log").open("wb") as said:
        runner = subprocess.Popen(
            [sys.executable, "-m", "mingdai_demo", "run"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return World(data, port, environment, runner)


def wait_until(look: Callable[[], Found], *, seconds: float = 120.0) -> Found:
    """The first thing seen that is not empty; raises Unavailable `demo.too_slow`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise Unavailable(
        code="demo.too_slow",
        reason=f"what was waited for did not come in {seconds:.0f} s",
        remedy="see said.log in the data folder",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
