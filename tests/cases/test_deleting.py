from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from mingdai.cases.deleting import delete_due, delete_list, folder, path_of, sweep_files
from mingdai.cases.models import FoundList
from mingdai.vault.stowing import unstow
from tests.cases.world import LATER, mobile, opened, received

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_goes_on_its_stated_day_and_not_before():
    row = received(opened(), mobile(1))
    day = datetime(2026, 12, 19, 16, 0, tzinfo=UTC)  # 20 December begins in Shanghai

    assert delete_due(at=day - timedelta(seconds=1)) == 0
    assert path_of(row.stowed).exists()
    assert delete_due(at=day) == 1
    assert delete_due(at=day) == 0

    row.refresh_from_db()
    assert (row.state, row.salt, row.deleted_at) == (FoundList.State.DELETED, None, day)
    assert not path_of(row.stowed).exists()


def test_without_its_salt_a_copy_of_the_file_opens_no_more(tmp_path):
    row = received(opened(), mobile(1))
    copy = tmp_path / "copy"
    copy.write_bytes(path_of(row.stowed).read_bytes())

    delete_list(row, at=LATER)

    assert row.salt is None
    with pytest.raises(Exception, match=r"vault\.stowed"):
        list(unstow(copy, salt=b"", label="found-list:x"))


def test_files_of_no_row_go_once_they_are_old(tmp_path):
    row = received(opened(), mobile(1))
    for name in ("abc.sealed", ".abc.sealed.123", "later.sealed"):
        (folder() / name).write_bytes(b"x")
    old = LATER.timestamp() - 7200
    for name in ("abc.sealed", ".abc.sealed.123", f"{row.stowed}.sealed"):
        os.utime(folder() / name, (old, old))
    os.utime(folder() / "later.sealed", (LATER.timestamp(), LATER.timestamp()))

    assert sweep_files(at=LATER) == 2
    assert sorted(each.name for each in folder().iterdir()) == sorted(
        [f"{row.stowed}.sealed", "later.sealed"]
    )


def test_where_nothing_was_received_there_is_nothing_to_sweep():
    assert delete_due(at=LATER) == 0
