import os
import stat

import pytest

from mingdai.ledger import storing
from mingdai.ledger.storing import LogFolder, only_writer, sync_folder


@pytest.mark.parametrize("count", [1, 3, 4, 9])
def test_files_are_there_whole_under_their_names_and_nothing_else(tmp_path, count):
    folder = LogFolder(tmp_path / "log")
    files = [
        (f"tile/0/x001/{number:03}.p/{number + 1}", os.urandom(8192)) for number in range(count)
    ]

    folder.write(files)

    assert [folder.read(path) for path, _ in files] == [data for _, data in files]
    assert sum(1 for each in tmp_path.rglob("*") if each.is_file()) == count


def test_a_file_is_replaced_as_a_whole_and_readable_by_the_web_server(tmp_path):
    folder = LogFolder(tmp_path)
    folder.write([("checkpoint", b"first, and longer")])
    before = (tmp_path / "checkpoint").stat().st_ino

    folder.replace("checkpoint", b"second")

    assert folder.read("checkpoint") == b"second"
    assert (tmp_path / "checkpoint").stat().st_ino != before
    assert stat.S_IMODE((tmp_path / "checkpoint").stat().st_mode) & 0o600 == 0o600


def test_a_replacement_that_fails_leaves_the_old_file(tmp_path):
    folder = LogFolder(tmp_path)
    folder.replace("checkpoint", b"old")
    (tmp_path / "checkpoint.new").mkdir()

    with pytest.raises(IsADirectoryError):
        folder.replace("checkpoint", b"new")

    assert folder.read("checkpoint") == b"old"


def test_whoever_reads_while_a_file_is_written_again_has_the_old_or_the_new_one_whole(tmp_path):
    folder = LogFolder(tmp_path)
    folder.write([("tile/0/000", b"x" * 8192)])
    with (tmp_path / "tile/0/000").open("rb") as reader:
        folder.write([("tile/0/000", b"x" * 8192)])

        assert reader.read() == b"x" * 8192


FILES = [("tile/entries/000", b"e"), ("tile/0/000", b"0"), ("tile/1/000.p/1", b"1")]


def test_when_the_batch_is_flushed_all_of_it_has_its_name(tmp_path, monkeypatch):
    seen = []
    flush = storing._SYNCFS
    monkeypatch.setattr(
        storing, "_SYNCFS", lambda handle: seen.append(names(tmp_path)) or flush(handle)
    )

    LogFolder(tmp_path).write(FILES)

    assert seen == [{path for path, _ in FILES}]


def test_without_one_flush_for_all_each_file_and_each_folder_that_got_a_name_is_flushed(
    tmp_path, monkeypatch
):
    flushed = []
    flush = os.fsync
    monkeypatch.setattr(storing, "_SYNCFS", None)
    monkeypatch.setattr(
        os, "fsync", lambda handle: flushed.append(os.fstat(handle).st_ino) or flush(handle)
    )

    LogFolder(tmp_path).write(FILES)

    everything = [tmp_path, *tmp_path.rglob("*")]
    assert sorted(flushed) == sorted(each.stat().st_ino for each in everything)


def names(folder):
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def test_partial_files_go_when_their_full_file_is_published(tmp_path):
    folder = LogFolder(tmp_path)
    folder.write([("tile/0/000.p/5", b"x"), ("tile/0/001.p/5", b"x"), ("tile/0/000", b"y")])

    folder.drop_partials(["tile/0/000", "tile/entries/000"])

    assert not (tmp_path / "tile/0/000.p").exists()
    assert folder.read("tile/0/001.p/5") == b"x"


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        LogFolder(tmp_path).read("tile/0/000")


def test_only_one_writes_at_a_time(tmp_path):
    with only_writer(tmp_path) as first, only_writer(tmp_path) as second:
        assert first
        assert not second
    with only_writer(tmp_path) as again:
        assert again
    sync_folder(tmp_path)
