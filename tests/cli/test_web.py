import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(url: str) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - loopback
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    return 0


@pytest.fixture
def served(tmp_path):
    port = free_port()
    environment = {**os.environ, "MINGDAI_DATA": str(tmp_path), "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run([sys.executable, "-m", "mingdai.cli", "migrate"], env=environment, check=True)
    process = subprocess.Popen([sys.executable, "-m", "mingdai.cli", "web"], env=environment)
    yield f"http://127.0.0.1:{port}", process
    process.kill()
    process.wait()


def test_a_real_server_answers_and_ends_at_a_signal(served):
    address, process = served

    assert fetch(f"{address}/healthz") == 200
    assert fetch(f"{address}/") == 200
    assert fetch(f"{address}/log/../keys/log.key") == 404

    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
