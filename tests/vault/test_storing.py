from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from mingdai.errors import Unavailable
from mingdai.vault.storing import hold, replace_file, sync_folder, write_once


def test_a_secret_file_is_readable_by_its_owner_only(tmp_path):
    write_once(tmp_path / "new" / "key", b"one")

    assert (tmp_path / "new" / "key").stat().st_mode & 0o777 == 0o600


def test_of_many_first_writers_one_wins_and_all_read_the_same(tmp_path):
    path = tmp_path / "key"
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda each: write_once(path, bytes([each]) * 32), range(32)))

    assert sum(won) == 1
    assert path.read_bytes() == bytes([won.index(True)]) * 32
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_file_holds_the_new_bytes_and_leaves_no_other(tmp_path):
    write_once(tmp_path / "key", b"one")

    replace_file(tmp_path / "key", b"two")
    sync_folder(tmp_path)

    assert (tmp_path / "key").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_lock_is_held_by_one_and_free_after(tmp_path):
    path = tmp_path / "lock"
    with hold(path), pytest.raises(Unavailable, match=r"vault\.busy"), hold(path):
        pass

    with hold(tmp_path / "lock"):
        assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600
