import sqlite3
import stat

import pytest

from mingdai_sandbox.databases import Database

TABLES = "CREATE TABLE IF NOT EXISTS note (text TEXT NOT NULL)"


def test_a_transaction_that_fails_leaves_nothing(tmp_path):
    database = Database(tmp_path / "a.sqlite3", tables=TABLES)

    with pytest.raises(sqlite3.IntegrityError), database.writing() as db:  # noqa: PT012
        db.execute("INSERT INTO note VALUES ('kept?')")
        db.execute("INSERT INTO note VALUES (NULL)")

    with database.reading() as db:
        assert db.execute("SELECT COUNT(*) FROM note").fetchone() == (0,)


def test_what_is_deleted_and_forgotten_is_in_no_file(tmp_path):
    database = Database(tmp_path / "a.sqlite3", tables=TABLES)
    with database.writing() as db:
        db.execute("INSERT INTO note VALUES ('to be forgotten')")
    written = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    with database.writing() as db:
        db.execute("DELETE FROM note")

    database.forget()

    assert b"to be forgotten" in written
    assert b"to be forgotten" not in b"".join(each.read_bytes() for each in tmp_path.iterdir())


def test_only_its_owner_reads_the_file(tmp_path):
    Database(tmp_path / "sub" / "a.sqlite3", tables=TABLES)

    assert stat.S_IMODE((tmp_path / "sub" / "a.sqlite3").stat().st_mode) == 0o600
