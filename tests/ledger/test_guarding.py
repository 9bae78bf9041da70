import shutil

import pytest

from mingdai.errors import Refused, Unavailable
from mingdai.ledger import guarding, keys
from mingdai.ledger.guarding import inspect, require_open
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.proving import published
from mingdai.ledger.remembering import SignedStore
from mingdai.ledger.sequencing import forget_writer
from tests.ledger.world import (
    TEARS,
    check_log,
    checkpoint,
    entry_bytes,
    grow,
    publish_all,
    run_round,
    submit,
    tear_unsigned,
)


def lose_rows(_):
    LedgerEntry.objects.filter(index__gte=290).delete()


def lose_signed(data):
    shutil.rmtree(data / "log-state")


def restore_tiles(data):
    shutil.rmtree(data / "log")
    shutil.copytree(data / "old-log", data / "log")


def lose_log(data):
    shutil.rmtree(data / "log")


def change_bundle(data):
    path = data / "log/tile/entries/001.p/44"
    path.write_bytes(path.read_bytes()[:-514] + b"\x02\x00" + entry_bytes())


def change_row(_):
    LedgerEntry.objects.filter(index=299).update(data=entry_bytes())


def other_key(data):
    (data / "keys" / "log.key").unlink()
    keys.log_key()


def roll_back_signed(data):
    shutil.rmtree(data / "log-state")
    shutil.copytree(data / "old-state", data / "log-state")


DAMAGES = [
    lose_rows,
    lose_signed,
    restore_tiles,
    lose_log,
    change_bundle,
    change_row,
    other_key,
    roll_back_signed,
]


@pytest.fixture
def grown(ledger):
    """300 entries, with copies of log and state as they were at 120."""
    grow(120)
    forget_writer()
    shutil.copytree(ledger / "log", ledger / "old-log")
    shutil.copytree(ledger / "log-state", ledger / "old-state")
    grow(180)
    forget_writer()
    return ledger


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_what_is_older_than_what_was_signed_refuses_to_start_and_to_append(grown, damage):
    damage(grown)
    guarding._SOUND.clear()

    with pytest.raises(Unavailable, match=r"ledger\.closed"):
        submit(1)
    LedgerEntry.objects.create(
        entry_id=b"x" * 16, kind=1, data=entry_bytes(), created_at="2026-11-23T04:00Z"
    )
    with pytest.raises(Refused, match=r"ledger\.rolled_back") as refused:
        run_round()

    assert "docs/restore.md" in refused.value.remedy
    assert (grown / "log-state" / "closed").exists()


def test_a_rollback_under_running_processes_closes_the_ledger_for_all_of_them(grown):
    require_open()
    lose_rows(grown)

    submit(1)
    with pytest.raises(Refused, match=r"ledger\.rolled_back"):
        run_round()

    with pytest.raises(Unavailable, match=r"ledger\.closed"):
        submit(1)


def test_the_newest_data_brought_back_opens_the_ledger_again(grown):
    rows = list(LedgerEntry.objects.filter(index__gte=290))
    before = checkpoint()
    lose_rows(grown)
    with pytest.raises(Refused, match=r"ledger\.rolled_back"):
        run_round()

    LedgerEntry.objects.bulk_create(rows)
    run_round()
    submit(1)

    assert publish_all() == 1
    assert checkpoint() != before
    assert guarding.closed_because() == ""


@pytest.mark.parametrize("how", TEARS)
def test_a_checkpoint_torn_by_a_power_cut_is_no_rollback_and_is_made_again(grown, how):
    before = checkpoint()
    tear_unsigned(grown / "log", 300, how)
    guarding._SOUND.clear()

    assert guarding.published_head() is published() is None
    submit(1)
    assert publish_all() == 301

    assert check_log(previous=before).flaw is None


def test_a_whole_checkpoint_with_a_wrong_signature_is_refused(grown):
    path = grown / "log/checkpoint"
    text, _, line = path.read_bytes().rpartition(b" ")
    path.write_bytes(text + b" " + line[:8] + b"AAAA" + line[12:])

    with pytest.raises(Refused, match=r"ledger\.rolled_back"):
        run_round()


def test_a_folder_in_which_nothing_ever_happened_is_open(ledger):
    assert inspect() is None

    submit(1)

    assert LedgerEntry.objects.count() == 1


def test_a_sound_log_is_seen_as_it_was_signed(grown):
    standing = inspect()

    assert standing is not None
    assert standing.head.size == standing.frontier.size == standing.edge.size == 300
    store = SignedStore.find(grown / "log-state")
    assert store is not None
    assert store.head() == standing.head
    store.close()


def test_the_guard_reads_only_the_right_edge_however_long_the_log(ledger, monkeypatch):
    counts = []
    read = guarding.LogFolder.read
    monkeypatch.setattr(
        guarding.LogFolder, "read", lambda self, path: counts.append(path) or read(self, path)
    )
    for more in (300, 1500):
        grow(more)
        forget_writer()
        counts.clear()
        inspect()
        assert len(counts) <= 12
