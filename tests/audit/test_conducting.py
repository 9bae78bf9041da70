from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from mingdai.audit import conducting
from mingdai.audit.conducting import begin, command, complaint, log_lines
from mingdai.audit.ordering import evidence_of, folder_of
from tests.audit.audits import ordered
from tests.audit.world.serving import World
from tests.audit.world.stories import STORIES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(data_folder):
    return data_folder


def test_the_command_holds_no_planted_value():
    audit = ordered(allow=("shop.test",))
    call = command(audit)

    person = (folder_of(audit) / "identity.json").read_text(encoding="utf-8")
    assert "shop.test" in call
    assert not any(each in person for each in call if len(each) > 5)


def test_a_refused_walk_tells_its_code_and_leaves_nothing(data_folder):
    audit = ordered()
    audit.url = "http://real.example/"

    walk = begin(audit)

    assert walk.process.wait(60) == 2
    assert complaint(audit) == "walk.authority"
    assert not evidence_of(audit).exists()


def test_a_walk_that_breaks_without_a_code_has_crashed(data_folder, monkeypatch):
    monkeypatch.setattr(conducting, "command", lambda _: ["/bin/sh", "-c", "echo oh >&2; exit 9"])
    audit = ordered()

    assert begin(audit).process.wait(60) == 9
    assert complaint(audit) == "audit.crashed"


def test_the_child_gets_no_secret(data_folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setattr(conducting, "command", lambda _: ["/usr/bin/env"])
    audit = ordered()

    begin(audit).process.wait(60)

    said = (folder_of(audit) / conducting.LOG).read_text(encoding="utf-8")
    assert "PATH=" in said
    assert "secret" not in said
    assert "MINGDAI" not in said


def test_progress_is_read_line_by_line_and_the_log_by_its_end(data_folder):
    audit = ordered()
    log = folder_of(audit) / conducting.LOG
    walk = conducting.Walk(audit, process=None)
    log.write_text("  1 a.test                   opened\n  2 b.test  pres", encoding="utf-8")
    walk.look()
    first = (audit.steps, audit.said, audit.hosts)
    with log.open("a", encoding="utf-8") as more:
        more.write("sed 下一步\nfail: /somewhere\n")
    walk.look()

    assert first == (1, "opened", 1)
    assert (audit.steps, audit.said, audit.hosts) == (2, "pressed 下一步", 2)
    assert log_lines(audit, most=1) == [("b.test", "pressed 下一步")]


def test_an_audit_that_never_ran_has_no_log(data_folder):
    assert log_lines(ordered(), most=9) == []


@pytest.mark.browser
def test_a_stopped_walk_takes_its_browser_along(data_folder):
    with World() as world:
        truth = STORIES["nested"](world, random.Random(1))  # noqa: S311
        audit = ordered(truth.start, minutes=2)
        walk = begin(audit)
        while not audit.steps:
            assert walk.process.poll() is None, complaint(audit)
            time.sleep(0.1)
            walk.look()

        walk.stop()

    assert walk.process.returncode is not None
    assert not chromiums_of(str(evidence_of(audit)))


def chromiums_of(mark: str) -> list[str]:
    """Processes whose command line names the evidence folder (its net log does)."""
    deadline = time.monotonic() + 20
    while True:
        found = [each for each in command_lines() if mark in each]
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.2)


def command_lines() -> list[str]:
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(each.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
