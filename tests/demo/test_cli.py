import os
import socket
import subprocess
import sys

import pytest


def demo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return subprocess.run(
        [sys.executable, "-m", "mingdai_demo", *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


def test_a_taken_port_is_said_with_what_to_do(tmp_path, taken):
    answer = demo("run", MINGDAI_DATA=str(tmp_path), PORT=taken)

    assert answer.returncode == 2
    assert "make run" in answer.stderr


def test_codes_of_the_demo_employees_are_printed_after_seeding(tmp_path):
    seeded = demo("seed", MINGDAI_DATA=str(tmp_path), PORT="48200")
    answer = demo("code", MINGDAI_DATA=str(tmp_path), PORT="48200")

    assert seeded.returncode == 0, seeded.stderr
    lines = [line.split() for line in answer.stdout.splitlines()]
    assert [each[0] for each in lines] == ["anna", "ben", "chen"]
    assert all(len(each[1]) == 6 and each[1].isdigit() for each in lines)
