"""A demo world in a data folder of its own, with its witness and its sandbox as real processes.

The seeded folder is made once and copied for each test; on PostgreSQL its database is the
template of each test's own.  All ports stay the same, since they are written into the world.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from mingdai_demo.environment import WITNESS_NAME, prepare
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.notes import Signer, split_note
from mingdai_proofs.policies import Policy
from tests.kill.recording import Line

ROOT = Path(__file__).resolve().parents[2]
LENDER = "yunting"
YUAN, YUAN_HELD = "10000", "10003"
"""An ordinary application, and one whose lender takes it in and then holds its answer."""

PLATFORM = "http://127.0.0.1:9"
"""Nobody answers there: what lenders call back has no part in these tests."""


@dataclass
class World:
    """One data folder and database, and the processes that run on it."""

    data: Path
    database_url: str
    to_witness: Line
    to_sandbox: Line
    processes: list[subprocess.Popen] = field(default_factory=list)
    sandbox: subprocess.Popen | None = None
    witness: subprocess.Popen | None = None

    def environment(self) -> dict[str, str]:
        """What every process of this world sees."""
        environment = {
            **{key: value for key, value in os.environ.items() if "MINGDAI" not in key},
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "mingdai.settings",
            "MINGDAI_DATA": str(self.data),
            "MINGDAI_COST_READING_S": "0",
            "MINGDAI_WITNESS_PORT": str(self.to_witness.port),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "PYTHONUNBUFFERED": "1",
        }
        prepare(environment)
        return environment

    def start(self, *words: str) -> subprocess.Popen:
        """A Python process on this world."""
        process = subprocess.Popen(
            [sys.executable, *words],
            env=self.environment(),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        return process

    def start_witness(self) -> None:
        """The witness, behind its line."""
        log = Signer.parse((self.data / "keys/log.key").read_text().strip()).verifier.vkey
        words = f"-m mingdai_proofs witness --name {WITNESS_NAME} --port {self.to_witness.to}"
        words = [*words.split(), "--data", str(self.data / "witness"), "--log", log]
        self.witness = self.start(*words)

    def start_sandbox(self) -> None:
        """Lenders and bureau, behind their line."""
        config = str(self.data / "sandbox/config.json")
        port = str(self.to_sandbox.to)
        words = ("-m", "mingdai_sandbox", "--config", config, "--port", port)
        self.sandbox = self.start(*words)

    def child(self, place: str, *words: str) -> subprocess.Popen:
        """The platform, doing `words`, stopped at `place`."""
        return self.start("-m", "tests.kill.child", place, *words)

    def work(self, *words: str) -> list[dict]:
        """The platform, doing `words` to their end; what it told."""
        process = self.child("", *words)
        told, _ = process.communicate(timeout=80)
        assert process.returncode == 0, f"{words} failed"
        return [json.loads(line) for line in told.splitlines() if line.startswith("{")]

    def received(self) -> list[dict]:
        """What the lender took in, from its own page."""
        url = f"http://127.0.0.1:{self.to_sandbox.to}/lenders/{LENDER}/received.json"
        with urllib.request.urlopen(url, timeout=5) as answer:
            return json.load(answer)["applications"]

    def checkpoint(self) -> bytes:
        """The published checkpoint."""
        return (self.data / "log/checkpoint").read_bytes()

    def policy(self) -> Policy:
        """What lenders trust: the log's key and the witness's."""
        config = json.loads((self.data / "sandbox/config.json").read_text())
        return Policy.parse(config["platform"]["policy"])

    def signed(self) -> Checkpoint:
        """The last head the log gave itself the right to sign."""
        store = f"file:{self.data / 'log-state/signed.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(store, uri=True)) as db:
            row = db.execute("SELECT origin, size, root FROM head ORDER BY epoch DESC").fetchone()
        return Checkpoint(row[0], row[1], bytes(row[2]))

    def published(self) -> Checkpoint:
        """The head of the published checkpoint."""
        return Checkpoint.parse(split_note(self.checkpoint())[0])

    def end(self) -> None:
        """Kill whatever still runs."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.communicate()


def kill(process: subprocess.Popen) -> None:
    """SIGKILL, from outside."""
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=10) == -signal.SIGKILL


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it holds; a failing connection counts as not yet."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError):
            if condition():
                return
        time.sleep(0.02)
    raise AssertionError("the moment never came")


def wait_until_here(process: subprocess.Popen) -> None:
    """Until the child stands at its place."""
    while True:
        ready, _, _ = select.select([process.stdout], [], [], 40)
        assert ready, "the place was never reached"
        line = process.stdout.readline()
        assert line, "the child ended before the place"
        if line == "HERE\n":
            return


def is_listening(port: int) -> bool:
    """Whether somebody answers on this loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A loopback port nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def copy_of(seeded: World, data: Path, database_url: str) -> World:
    """The same world in another folder, nothing running yet."""
    shutil.copytree(seeded.data, data)
    path = data / "sandbox/config.json"
    config = json.loads(path.read_text())
    config["folder"] = str(data / "sandbox/state")
    path.write_text(json.dumps(config))
    for line in (seeded.to_witness, seeded.to_sandbox):
        line.crossed.clear()
    return World(data, database_url, seeded.to_witness, seeded.to_sandbox)


@contextmanager
def own_database(template: str = "") -> Iterator[str]:
    """The URL of a fresh database, a copy of the one at `template`; "" where none is configured."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"kill_{uuid4().hex}"
    source = urlsplit(template).path.lstrip("/") or "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
