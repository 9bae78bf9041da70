from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.utils import timezone

from mingdai.cases import queueing
from mingdai.cases.models import Attribution, FoundList
from mingdai.cli import tracer
from mingdai.cli.main import main
from mingdai.cli.tracer import do_one, watch, work_once
from tests.web.console.case_world import approved, asked, copies, lines, looked_at, received

STOP = threading.Event()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def folder(data_folder):
    return data_folder


def queued() -> Attribution:
    everybody, one, _ = copies()
    return approved(asked(looked_at(received(lines(everybody, one, (0, 5, 6))))))


@pytest.mark.django_db
def test_without_a_task_there_is_nothing_to_do():
    assert not work_once("here:1", STOP)


@pytest.mark.django_db
def test_a_task_is_the_looking_at_a_list_or_an_attribution():
    row = received("手机\n19900000001\n")

    assert do_one(f"list:{row.pk}") == 0

    row.refresh_from_db()
    assert row.state == FoundList.State.READ


@pytest.mark.django_db
def test_a_missing_extra_is_said_by_name(monkeypatch, capsys):
    monkeypatch.setattr(tracer, "NEEDED", ("duckdb", "not_there"))

    assert main(["tracer"]) == 2
    assert "case.no_extra" in capsys.readouterr().err


class Task:
    """A process of nothing, in the place of a task."""

    def __new__(cls, code: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", code], start_new_session=True)


@pytest.mark.django_db
def test_a_task_that_dies_without_a_word_fails_its_attribution():
    queued()
    row = queueing.claim(holder="here:1", at=timezone.now())

    watch(row, Task("import os; os.abort()"), STOP)

    row.refresh_from_db()
    assert (row.state, row.failure) == (Attribution.State.FAILED, "attribution.crashed")


@pytest.mark.django_db
def test_a_tracer_that_is_told_to_stop_puts_the_attribution_back():
    queued()
    row = queueing.claim(holder="here:1", at=timezone.now())
    told, task = threading.Event(), Task("import time; time.sleep(60)")
    told.set()

    watch(row, task, told)

    row.refresh_from_db()
    assert (row.state, row.attempts) == (Attribution.State.QUEUED, 0)
    assert task.returncode == -signal.SIGKILL


@pytest.mark.django_db
def test_an_attribution_is_cancelled_while_it_runs():
    queued()
    row = queueing.claim(holder="here:1", at=timezone.now())
    queueing.cancel(row, at=timezone.now())

    watch(row, Task("import time; time.sleep(60)"), STOP)

    row.refresh_from_db()
    assert row.state == Attribution.State.CANCELLED


@pytest.mark.slow
@pytest.mark.parametrize("step", ["reading", "matching", "dropping"])
def test_a_killed_attribution_leaves_nothing_in_clear_and_ends_under_its_one_entry(tmp_path, step):
    platform = Platform(tmp_path / "data")
    platform.prepare()
    first = platform.tracer()
    platform.kill_at(first, step)
    in_clear = platform.files_in_clear()
    entries = platform.count("ledger_ledgerentry where kind = 21")

    second = platform.tracer()
    platform.wait_for("state in ('done', 'failed')")
    second.terminate()
    second.wait(60)

    row = platform.row()
    assert (row["state"], row["failure"], row["attempts"]) == ("done", "", 2)
    assert '"accuse": ["heyan-ml"]' in row["result"]
    assert (entries, platform.count("ledger_ledgerentry where kind = 21")) == (1, 1)
    assert (in_clear, platform.files_in_clear()) == ([], [])
    assert [each.suffix for each in (platform.data / "lists").glob("*.sealed")].count(
        ".sealed"
    ) <= 2


class Platform:
    """A data folder with tables of its own, and tracers as processes of their own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "mingdai.settings",
            "MINGDAI_DATA": str(data),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }

    def prepare(self) -> None:
        self._run("-m", "mingdai.cli", "migrate")
        self._run(
            "-c",
            "import django; django.setup(); from tests.cli.test_tracer import queued; queued()",
        )

    def tracer(self) -> subprocess.Popen[bytes]:
        call = [sys.executable, "-m", "mingdai.cli", "tracer", "--pause-ms", "100"]
        return subprocess.Popen(call, env=self.environment)

    def kill_at(self, process: subprocess.Popen[bytes], step: str) -> None:
        """Both processes at once, when the row says this step or a later one."""
        steps = ("reading", "opening", "matching", "judging", "dropping")
        later = ", ".join(f"'{each}'" for each in steps[steps.index(step) :])
        self.wait_for(f"said in ({later})", every=0.005)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        deadline = time.monotonic() + 30
        while self._tasks():
            assert time.monotonic() < deadline, "the task outlived its tracer"
            time.sleep(0.05)

    def files_in_clear(self) -> list[str]:
        """Files of the data folder that hold a number of the list, or of a borrower."""
        found = []
        for each in self.data.rglob("*"):
            if each.is_file() and any(b"%b" % word in each.read_bytes() for word in WORDS):
                found.append(str(each.relative_to(self.data)))
        return found

    def row(self) -> dict[str, object]:
        with sqlite3.connect(self.data / "mingdai.sqlite3") as base:
            base.row_factory = sqlite3.Row
            return dict(base.execute("select * from cases_attribution").fetchone())

    def count(self, where: str) -> int:
        with sqlite3.connect(self.data / "mingdai.sqlite3") as base:
            return base.execute(f"select count(*) from {where}").fetchone()[0]  # noqa: S608

    def wait_for(self, condition: str, *, seconds: float = 240, every: float = 0.1) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.count(f"cases_attribution where {condition}"):
                return
            time.sleep(every)
        raise AssertionError(f"never {condition}: {self.row()}")

    def _tasks(self) -> list[bytes]:
        found = []
        for each in Path("/proc").glob("[0-9]*"):
            try:
                if str(self.data).encode() in (each / "environ").read_bytes():
                    found.append((each / "cmdline").read_bytes())
            except OSError:
                continue
        return found

    def _run(self, *arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], env=self.environment, check=True)


WORDS = (b"19900000000", b"19900000005", "示某某".encode(), "示某某".encode("gb18030"))
"""Mobile numbers of borrowers, and a name of the list in both its encodings."""
