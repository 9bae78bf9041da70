from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mingdai.audit import queueing
from mingdai.audit.models import Audit
from mingdai.audit.ordering import evidence_of
from mingdai.audit.outcomes import facts_of
from mingdai.cli import auditor
from mingdai.cli.auditor import is_gone, work_once
from mingdai.ledger.models import LedgerEntry
from mingdai_proofs.commitments import detail_commitment
from mingdai_proofs.entries import EntryKind, decode_entry
from tests.audit.audits import NOON, leave_evidence, ordered
from tests.audit.world.serving import World
from tests.audit.world.stories import STORIES

STOP = threading.Event()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def folder(data_folder):
    return data_folder


@pytest.mark.django_db
def test_without_an_order_there_is_nothing_to_do():
    assert not work_once("here:1", STOP)


@pytest.mark.django_db
def test_where_a_part_is_missing_the_audit_fails_by_its_name(monkeypatch):
    monkeypatch.setattr(auditor, "missing", lambda: ["audit.no_chromium"])
    ordered()

    assert work_once("here:1", STOP)
    assert Audit.objects.get().failure == "audit.no_chromium"


@pytest.mark.django_db
def test_a_folder_that_was_sealed_before_a_crash_is_recorded_and_not_walked_again():
    audit = ordered()
    leave_evidence(audit)

    work_once("here:1", STOP)

    found = Audit.objects.get()
    entry = LedgerEntry.objects.get(kind=EntryKind.AUDITED)
    key = bytes(found.detail_key)
    assert (found.state, found.verdict) == (Audit.State.DONE, "fail")
    assert bytes(found.entry_id) == bytes(entry.entry_id)
    assert decode_entry(bytes(entry.data)).detail == detail_commitment(key, facts_of(found))


@pytest.mark.django_db
def test_findings_that_cannot_be_read_fail_the_audit_and_record_nothing():
    audit = ordered()
    (leave_evidence(audit) / "findings.json").write_text("{}", encoding="utf-8")

    work_once("here:1", STOP)

    assert Audit.objects.get().failure == "audit.unreadable"
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db
def test_an_auditor_that_lost_its_audit_records_nothing():
    leave_evidence(ordered())
    audit = queueing.claim(holder="here:1", at=NOON)
    Audit.objects.update(holder="there:2")

    auditor.conclude(audit)

    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db
def test_a_walk_that_is_refused_fails_with_the_rules_code():
    ordered()
    Audit.objects.update(url="http://real.example/")

    work_once("here:1", STOP)

    found = Audit.objects.get()
    assert (found.state, found.failure) == (Audit.State.FAILED, "walk.authority")


@pytest.mark.django_db
def test_an_auditor_that_is_told_to_stop_puts_the_audit_back():
    ordered()
    told = threading.Event()
    told.set()

    work_once("here:1", told)

    found = Audit.objects.get()
    assert (found.state, found.attempts) == (Audit.State.QUEUED, 0)


@pytest.mark.django_db
def test_a_walk_is_cancelled_while_it_runs(monkeypatch):
    audit = ordered()
    begin = auditor.begin

    def begin_and_cancel(claimed):
        queueing.cancel(audit, at=NOON)
        return begin(claimed)

    monkeypatch.setattr(auditor, "begin", begin_and_cancel)

    work_once("here:1", STOP)

    assert Audit.objects.get().state == Audit.State.CANCELLED
    assert not LedgerEntry.objects.exists()


def test_a_holder_is_gone_when_its_process_is():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    host = os.uname().nodename

    assert is_gone(f"{host}:{ended.pid}")
    assert not is_gone(f"{host}:{os.getpid()}")
    assert not is_gone(f"elsewhere:{ended.pid}")


@pytest.mark.slow
@pytest.mark.browser
def test_an_audit_survives_a_killed_auditor_and_is_recorded_once(tmp_path):
    with World() as world:
        truth = STORIES["nested"](world, random.Random(3))  # noqa: S311
        platform = Platform(tmp_path / "data")
        platform.order(truth.start)
        first = platform.auditor()
        platform.wait_for("state = 'running' and steps > 2")
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        platform.wait_until_quiet()

        second = platform.auditor()
        platform.wait_for("state = 'done'", seconds=150)
        second.terminate()
        second.wait(30)

    row = platform.row()
    assert (row["attempts"], row["verdict"], row["failure"]) == (2, "fail", "")
    assert platform.entries() == 1
    evidence = platform.data / "audits" / platform.audit_id() / "evidence"
    assert json.loads((evidence / "findings.json").read_text())["violation"] is True


class Platform:
    """A data folder with tables of its own, and auditors as processes of their own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        self.environment = {
            **kept,
            "MINGDAI_DATA": str(data),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "MINGDAI_LOG_LEVEL": "INFO",
        }
        self._run("-m", "mingdai.cli", "migrate")

    def order(self, url: str) -> None:
        code = "import django; django.setup(); from tests.audit.audits import ordered; "
        self.environment["DJANGO_SETTINGS_MODULE"] = "mingdai.settings"
        self._run("-c", f"{code}ordered({url!r}, minutes=2)")

    def auditor(self) -> subprocess.Popen[bytes]:
        call = [sys.executable, "-m", "mingdai.cli", "auditor", "--pause-ms", "200"]
        return subprocess.Popen(call, env=self.environment)

    def row(self) -> dict[str, object]:
        with sqlite3.connect(self.data / "mingdai.sqlite3") as base:
            base.row_factory = sqlite3.Row
            return dict(base.execute("select * from audit_audit").fetchone())

    def audit_id(self) -> str:
        return next((self.data / "audits").iterdir()).name

    def entries(self) -> int:
        with sqlite3.connect(self.data / "mingdai.sqlite3") as base:
            return base.execute("select count(*) from ledger_ledgerentry").fetchone()[0]

    def wait_for(self, condition: str, *, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with sqlite3.connect(self.data / "mingdai.sqlite3") as base:
                asked = f"select count(*) from audit_audit where {condition}"  # noqa: S608
                if base.execute(asked).fetchone()[0]:
                    return
            time.sleep(0.2)
        raise AssertionError(f"never {condition}: {self.row()}")

    def wait_until_quiet(self) -> None:
        """No process of the killed auditor's walk is left."""
        deadline = time.monotonic() + 30
        while any(str(self.data).encode() in each for each in _command_lines()):
            assert time.monotonic() < deadline, "the walk outlived its auditor"
            time.sleep(0.2)

    def _run(self, *arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], env=self.environment, check=True)


def _command_lines() -> list[bytes]:
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(each.read_bytes())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def test_the_evidence_stays_where_the_order_is():
    """Evidence is found again by the audit's id alone."""
    audit = Audit()

    assert evidence_of(audit).parent.name == str(audit.pk)
