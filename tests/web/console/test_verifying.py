from __future__ import annotations

import json

import pytest
from django.utils import timezone

from mingdai.ledger.keys import policy
from mingdai.ledger.storing import log_folder
from mingdai.web.console import verifying
from mingdai.web.console.verifying import Verification, current, start
from tests.web.console.staff_world import applied
from tests.web.world import publish, seed_demo

pytestmark = pytest.mark.django_db


def verified() -> Verification:
    run = start(at=timezone.now())
    assert run is not None
    run.join(timeout=30)
    return current()


def test_a_sound_ledger_is_found_sound():
    applied()

    found = verified()

    assert (found.state, found.code) == ("sound", "")
    assert found.done == found.size > 0
    assert found.seconds > 0
    assert found.finished > found.started


def test_before_the_first_run_there_is_none():
    assert current() == Verification()
    assert current().finished is None


def test_the_next_run_also_checks_that_the_log_only_grew():
    applied()
    first = verified()

    assert first.since == 0
    assert verified().since == first.size


@pytest.mark.parametrize("pattern", ["tile/entries/**/*", "tile/0/**/*", "checkpoint"])
def test_a_changed_byte_is_found(pattern):
    applied()
    path = next(each for each in log_folder().glob(pattern) if each.is_file())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))

    found = verified()

    assert found.state == "flawed"
    assert found.code


def test_a_ledger_that_shrank_since_is_found():
    seed_demo()
    publish()
    small = (log_folder() / "checkpoint").read_bytes()
    applied()
    assert verified().state == "sound"
    (log_folder() / "checkpoint").write_bytes(small)

    found = verified()

    assert found.state == "flawed"
    assert found.code in {"consistency.size", "ledger.root", "tile.mismatch"}


def test_only_one_run_at_a_time():
    applied()
    claim = verifying._claim()
    assert claim is not None

    assert start(at=timezone.now()) is None

    verifying.os.close(claim)
    assert start(at=timezone.now()) is not None


def test_a_run_whose_process_died_is_said_to_be_interrupted(data_folder):
    verifying._write(Verification(state="running", started_at=timezone.now().isoformat()))

    assert current().state == "interrupted"


def test_a_running_one_is_shown_with_its_progress():
    claim = verifying._claim()
    assert claim is not None
    verifying._write(Verification(state="running", done=256, size=1000))

    assert (current().state, current().done) == ("running", 256)
    verifying.os.close(claim)


def test_a_torn_state_file_is_no_run(data_folder):
    applied()
    verified()
    (data_folder / "console" / "verification.json").write_text("{", encoding="utf-8")

    assert current().state == "none"


def test_the_state_holds_counts_and_codes_only(data_folder):
    applied()
    verified()

    stored = json.loads((data_folder / "console" / "verification.json").read_text("utf-8"))

    assert stored.keys() == set(Verification.__dataclass_fields__)


def test_a_log_begun_anew_is_not_compared_with_the_old_one(data_folder):
    applied()
    verified()
    kept = data_folder / "console" / "verified-checkpoint"
    kept.write_bytes(
        kept.read_bytes().replace(policy().logs[0].name.encode(), b"other.example/log")
    )

    found = verified()

    assert (found.state, found.since) == ("sound", 0)
