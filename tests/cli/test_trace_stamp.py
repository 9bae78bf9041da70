import hashlib
import json
from argparse import Namespace
from datetime import UTC, datetime

import pytest

from mingdai.cli.trace_stamp import Stamp
from mingdai.trace.calibrating import TABLE

AT = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)


def stamp_of(borrowers, ledger, columns=""):
    args = Namespace(borrowers=borrowers, ledger=ledger, columns=columns)
    return Stamp(args, at=AT.timestamp())


@pytest.fixture
def files(tmp_path):
    made = [tmp_path / name for name in ("borrowers", "ledger", "名单-某人.csv")]
    for path in made:
        path.write_text(path.name)
    return made


def test_a_run_says_what_it_was_made_from(files):
    borrowers, ledger, found = files

    said = stamp_of(borrowers, ledger, columns="mobile=2").of(found, 1_767_225_600)

    for name, path in (("list", found), ("ledger", ledger), ("calibration", TABLE)):
        assert said[name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert said["found_at"] == "2026-01-01T00:00:00+00:00"
    assert said["at"] == "2026-03-02T01:02:03+00:00"
    assert said["columns"] == "mobile=2"


def test_no_name_of_a_file_is_in_it(files):
    said = json.dumps(stamp_of(*files[:2]).of(files[2], None), ensure_ascii=False)

    assert "某人" not in said
    assert json.loads(said)["found_at"] is None


def test_a_file_that_is_gone_is_an_error(files, tmp_path):
    with pytest.raises(OSError, match="gone"):
        stamp_of(files[0], tmp_path / "gone").of(files[2], None)


def test_a_folder_of_parquet_files_is_hashed_as_a_whole(files, tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    for name in ("b.parquet", "a.parquet"):
        (folder / name).write_text(name)

    first = stamp_of(folder, files[1]).of(files[2], None)["borrowers"]
    (folder / "b.parquet").write_text("changed")

    assert stamp_of(folder, files[1]).of(files[2], None)["borrowers"] != first
