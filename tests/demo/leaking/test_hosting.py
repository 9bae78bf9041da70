import subprocess
import sys

import pytest

from mingdai.errors import Unavailable
from mingdai_demo.leaking.hosting import World, start, wait_until


def world(tmp_path, code: str) -> World:
    """A world whose runner is this Python code."""
    (tmp_path / "said.log").write_text("")
    runner = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    return World(tmp_path, 1, {"PATH": "/usr/bin:/bin"}, runner)


def test_what_is_waited_for_is_given_back():
    found = iter(["", "", "there"])

    assert wait_until(lambda: next(found), seconds=30) == "there"


def test_waiting_ends():
    with pytest.raises(Unavailable, match=r"demo\.too_slow"):
        wait_until(lambda: "", seconds=0.1)


def test_a_world_that_ends_before_it_answers_says_so(tmp_path):
    ended = world(tmp_path, "raise SystemExit(3)")
    ended.runner.wait()

    with pytest.raises(Unavailable, match=r"demo\.ended"):
        ended.wait()


def test_stopping_ends_the_runner_and_may_be_done_twice(tmp_path):
    running = world(tmp_path, "import time; time.sleep(60)")

    running.stop()
    running.stop()

    assert running.runner.returncode != 0


def test_a_command_that_fails_is_an_error(tmp_path):
    idle = world(tmp_path, "pass")

    with pytest.raises(Unavailable, match=r"demo\.command"):
        idle.demo("no-such-command")
    idle.runner.wait()


def test_a_run_never_writes_where_another_did(tmp_path):
    with pytest.raises(FileExistsError):
        start(tmp_path)
