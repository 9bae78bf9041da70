"""A made-up town in one process, and as a real process with a real receiver of its callbacks."""

import base64
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from mingdai_client.keying import sealing_key_id, sealing_public, signing_public
from mingdai_client.practising import Practice, PracticePlatform
from mingdai_sandbox.configuring import parse_config

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
LENDER, OTHER, BUREAU = "yunting-cf", "hexi-sl", "hengjian"
OPENING_SEED, SIGNING_SEED = b"\x41" * 32, b"\x42" * 32
SECRET = "a webhook secret of these tests"  # noqa: S105
PUBLIC = sealing_public(OPENING_SEED)


@dataclass
class World:
    """A practice platform and the configuration that trusts it."""

    folder: Path
    platform: PracticePlatform
    raw: dict
    practice: Practice
    signing_public: bytes = field(default_factory=lambda: signing_public(SIGNING_SEED))

    @property
    def config(self):
        return parse_config(self.raw, default_folder=self.folder)

    def practise(self, yuan: int = 10_000, **changes) -> Practice:
        return replace(self.practice, amount=f"{yuan}.00", **changes)


def _lender(name: str, secret: str) -> dict:
    return {
        "id": name,
        "legal_name": "示例云汀消费金融有限公司",
        "opening_keys": [
            {"kid": sealing_key_id(PUBLIC), "seed": base64.b64encode(OPENING_SEED).decode()}
        ],
        "signing_seed": base64.b64encode(SIGNING_SEED).decode(),
        "api_key": f"mk_test_{name}",
        "webhook_secret": secret,
    }


@pytest.fixture
def world(tmp_path):
    platform = PracticePlatform(b"\x51" * 32, rng=secrets.token_bytes)
    raw = {
        "platform": {
            "url": "http://127.0.0.1:9",
            "policy": platform.policy,
            "manifest_key": platform.manifest_key,
        },
        "lenders": [_lender(LENDER, SECRET), _lender(OTHER, SECRET + " too")],
        "bureau": {"id": BUREAU, "legal_name": "示例衡鉴征信有限公司"},
        "folder": str(tmp_path / "sandbox"),
        "pace_s": 0,
        "hold_s": 30,
    }
    practice = Practice(LENDER, sealing_key_id(PUBLIC), PUBLIC)
    return World(tmp_path, platform, raw, practice)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Receiver:
    """A real HTTP receiver of callbacks; `answers` are given first, then 200."""

    def __init__(self):
        self.calls, self.answers = [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.calls.append((self.path, dict(self.headers), body))
                status = outer.answers.pop(0) if outer.answers else 200
                self.send_response(status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def kinds(self) -> list[str]:
        return [json.loads(body)["kind"] for _, _, body in self.calls]

    def wait_for(self, count: int) -> list[str]:
        deadline = time.monotonic() + 15
        while len(self.calls) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.kinds()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


class Process:
    """The sandbox as a process."""

    def __init__(self, world: World):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.path = world.folder / "sandbox.json"
        self.path.write_text(json.dumps(world.raw), encoding="utf-8")
        self.child: subprocess.Popen | None = None

    def start(self):
        arguments = ["--config", str(self.path), "--port", str(self.port)]
        self.child = subprocess.Popen(
            [sys.executable, "-m", "mingdai_sandbox", *arguments],
            env={**os.environ, "PYTHONPATH": "src"},
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                httpx.get(f"{self.url}/health", timeout=1)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the sandbox did not start")

    def end(self, number: int = signal.SIGKILL) -> int:
        self.child.send_signal(number)
        return self.child.wait(timeout=10)

    def deliver(self, envelope, key: str, *, to: str = f"lenders/{LENDER}", timeout: float = 10):
        return httpx.post(
            f"{self.url}/{to}/applications",
            content=envelope.encode(),
            headers={"Idempotency-Key": key, "Content-Type": "application/json"},
            timeout=timeout,
        )

    def received(self, lender: str = LENDER) -> list[dict]:
        return httpx.get(f"{self.url}/lenders/{lender}/received.json").json()["applications"]


@pytest.fixture
def process(world, receiver):
    world.raw["platform"]["url"] = receiver.url
    process = Process(world)
    process.start()
    yield process
    if process.child.poll() is None:
        process.end()
