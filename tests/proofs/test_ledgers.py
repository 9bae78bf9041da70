from functools import cache
from pathlib import Path

import pytest

from mingdai_proofs.ledgers import verify_ledger
from mingdai_proofs.notes import Verifier
from mingdai_proofs.sources import Folder
from tests.proofs.worlds import LOG, OTHER_LOG, POLICY, WITNESS, WITNESS_PQ, Log, written

KEYS = [LOG.verifier, WITNESS.verifier, WITNESS_PQ.verifier]
PUBLISHED = Path(__file__).parents[1] / "vectors/tlog-test"
PUBLISHED_VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"


@cache
def fresh(count):
    return written(count)


@pytest.fixture
def folder(tmp_path):
    log, _ = fresh(700)
    log.save(tmp_path)
    return tmp_path


def code(folder, trust=KEYS, **more):
    flaw = verify_ledger(Folder(folder), trust, **more).flaw
    return flaw and flaw.code


@pytest.mark.parametrize("trust", [KEYS, POLICY, [LOG.verifier]])
def test_an_honest_ledger_is_verified_to_the_last_entry(folder, trust):
    report = verify_ledger(Folder(folder), trust)

    assert report.flaw is None
    assert (report.entries, report.tiles) == (700, 4)
    assert report.head.size == 700


@pytest.mark.parametrize("count", [1, 255, 256, 257])
def test_ledgers_of_edge_sizes_are_verified(tmp_path, count):
    fresh(count)[0].save(tmp_path)

    assert code(tmp_path) is None


def test_an_empty_ledger_has_a_checkpoint_and_nothing_else(tmp_path):
    log = Log()
    log.publish()
    log.save(tmp_path)

    report = verify_ledger(Folder(tmp_path), KEYS)

    assert (report.flaw, report.entries) == (None, 0)


def test_the_published_test_log_verifies_with_its_own_layout():
    trust = [Verifier.parse(PUBLISHED_VKEY)]

    report = verify_ledger(Folder(PUBLISHED), trust, layout=lambda entry: None)

    assert (report.flaw, report.entries) == (None, 15)


def test_entries_of_another_layout_are_refused():
    assert code(PUBLISHED, [Verifier.parse(PUBLISHED_VKEY)]) == "entry.length"


def test_without_keys_nothing_is_verified(folder):
    assert code(folder, []) == "note.no_verifiers"


def test_a_key_that_did_not_sign_is_missed(folder):
    assert code(folder, [LOG.verifier, OTHER_LOG.verifier]) == "checkpoint.unsigned"
    assert code(folder, [WITNESS.verifier]) == "checkpoint.unsigned"
    assert code(folder, [OTHER_LOG.verifier]) == "note.unverified"


def test_a_folder_without_a_ledger_is_refused(tmp_path):
    report = verify_ledger(Folder(tmp_path / "none"), KEYS)

    assert (report.flaw.code, report.head) == ("checkpoint.missing", None)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tile/0/000", "tile.missing"),
        ("tile/0/002.p/188", "tile.missing"),
        ("tile/1/000.p/2", "tile.missing"),
        ("tile/entries/001", "bundle.missing"),
        ("tile/entries/002.p/188", "bundle.missing"),
    ],
)
def test_a_missing_file_is_noticed(folder, path, expected):
    (folder / path).unlink()

    assert code(folder) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tile/0/000", "tile.mismatch"),
        ("tile/0/000.p/100", "tile.mismatch"),
        ("tile/1/000.p/2", "tile.mismatch"),
        ("tile/entries/000.p/100", "bundle.mismatch"),
    ],
)
def test_a_changed_tile_is_noticed_even_a_partial_one_of_the_past(folder, path, expected):
    data = bytearray((folder / path).read_bytes())
    data[40] ^= 1
    (folder / path).write_bytes(data)

    assert code(folder) == expected


def test_a_partial_tile_may_be_deleted_once_the_full_one_exists(tmp_path):
    early, _ = written(300)
    late, _ = written(700)
    late.files["checkpoint"] = early.files["checkpoint"]
    late.files = {path: data for path, data in late.files.items() if path != "tile/0/001.p/44"}
    late.files.pop("tile/entries/001.p/44")
    late.save(tmp_path)
    (tmp_path / "tile/1/000.p/1").write_bytes(early.files["tile/1/000.p/1"])

    assert code(tmp_path) is None


def test_a_log_that_only_grew_is_consistent_with_its_past(folder):
    early, _ = written(300)

    assert code(folder, previous=early.files["checkpoint"]) is None
    assert code(folder, POLICY, previous=early.files["checkpoint"]) is None


def test_a_fork_and_a_rollback_are_noticed(tmp_path):
    honest, entries = written(300)
    fork = Log()
    fork.append([entries[1], entries[0], *entries[2:]])
    short, _ = written(200)
    fork.save(tmp_path / "fork")
    short.save(tmp_path / "short")

    past = honest.files["checkpoint"]

    assert code(tmp_path / "fork", previous=past) == "consistency.mismatch"
    assert code(tmp_path / "short", previous=past) == "consistency.size"


def test_a_checkpoint_of_another_log_is_no_past(folder):
    past = (PUBLISHED / "checkpoint.3").read_bytes()
    trust = [*KEYS, Verifier.parse(PUBLISHED_VKEY)]

    assert code(folder, trust, previous=past) == "checkpoint.unsigned"
    assert code(folder, previous=past) == "note.unverified"
