"""The marketplace as `make run` starts it: one command, real processes, a port of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from mingdai_demo.environment import prepare
from tests.kill.world import ROOT, free_port

READY_S = 60.0


@dataclass
class Marketplace:
    """One data folder and the runner that serves it."""

    data: Path
    database_url: str
    port: int = field(default_factory=free_port)
    sandbox_port: int = field(default_factory=free_port)
    witness_port: int = field(default_factory=free_port)
    runner: subprocess.Popen | None = None

    @property
    def log(self) -> Path:
        """What the processes of the last start said."""
        return self.data.with_name("said.log")

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox_url(self) -> str:
        """Where lenders and bureau are."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    def environment(self) -> dict[str, str]:
        """What the runner is started with."""
        ours = {k: v for k, v in os.environ.items() if "MINGDAI" not in k and "DJANGO" not in k}
        return {
            **ours,
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "MINGDAI_DATA": str(self.data),
            "MINGDAI_SANDBOX_PORT": str(self.sandbox_port),
            "MINGDAI_WITNESS_PORT": str(self.witness_port),
            "MINGDAI_COST_READING_S": "2",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }

    def start(self) -> str:
        """Start it; what it printed when the pages answered."""
        with self.log.open("w") as log:
            self.runner = subprocess.Popen(
                [sys.executable, "-m", "mingdai_demo", "run"],
                env=self.environment(),
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(self._is_ready, seconds=READY_S)
        return self.log.read_text()

    def _is_ready(self) -> bool:
        assert self.runner.poll() is None, self.log.read_text()
        return "Ctrl-C" in self.log.read_text()

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """As a terminal does, to everybody in its process group; the runner's exit code."""
        os.killpg(self.runner.pid, number)
        return self.runner.wait(timeout=30)

    def processes(self) -> list[int]:
        """Everybody alive who was started on this data folder."""
        wanted = f"MINGDAI_DATA={self.data}".encode()
        return [
            int(path.parent.name)
            for path in Path("/proc").glob("[0-9]*/environ")
            if wanted in environment_of(path)
        ]

    def end(self) -> None:
        """Stop whatever is left, by its id."""
        if self.runner is not None and self.runner.poll() is None:
            self.stop()
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)

    def run(self, *words: str) -> tuple[int, str]:
        """A Python command on the same data, such as `-m mingdai_proofs …`; code and output."""
        environment = self.environment()
        prepare(environment)
        done = subprocess.run(
            [sys.executable, *words],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stderr + done.stdout

    def received(self, lender: str) -> list[dict]:
        """What a lender took in."""
        url = f"{self.sandbox_url}/lenders/{lender}/received.json"
        return httpx.get(url, timeout=5).raise_for_status().json()["applications"]


def environment_of(path: Path) -> bytes:
    """A process's environment, b"" for one that is gone or a zombie."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def wait_until(look: Callable[[], object], *, seconds: float = 30.0) -> object:
    """The first thing seen that is not empty."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it never came")
