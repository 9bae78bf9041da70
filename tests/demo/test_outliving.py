from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "


def run(*children: str) -> tuple[subprocess.Popen[str], list[int]]:
    """A runner whose children each say their process id, then sleep; the runner and the ids."""
    said = "import os, time; print('pid', os.getpid(), flush=True); time.sleep(90)"
    named = {
        str(number): f'{sys.executable} -c "{before}{said}"'
        for number, before in enumerate(children)
    }
    code = f"from mingdai_demo.running import start; start({named!r}, {{}})"
    runner = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    found: list[int] = []
    while len(found) < len(children):
        line = runner.stdout.readline()
        assert line, "the runner ended"
        if " pid " in line:
            found.append(int(line.split()[-1]))
    return runner, found


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def gone(pids: list[int], within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if not any(is_alive(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def keepers_of(pids: list[int]) -> list[int]:
    """Their parents: the runner's wrappers."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return [int(each[1]) for each in stats]


@pytest.mark.parametrize("children", [("", ""), ("", STUBBORN)])
def test_a_killed_runner_leaves_no_process(children):
    runner, pids = run(*children)
    everybody = [*pids, *keepers_of(pids)]

    os.kill(runner.pid, signal.SIGKILL)

    assert gone(everybody, within_s=30)
    runner.communicate()


def test_killing_the_runners_whole_group_leaves_no_process():
    runner, pids = run("", "")
    everybody = [*pids, *keepers_of(pids)]

    os.killpg(runner.pid, signal.SIGKILL)

    assert gone(everybody, within_s=30)
    runner.communicate()
