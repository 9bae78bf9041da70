import hashlib

import ibis
import pyarrow as pa
import pytest

from mingdai.trace import digesting
from mingdai.trace.digesting import digests_for, hexadecimal, spellings
from mingdai.trace.keeping import keep_rows

NUMBER, ID = "19900000001", "99999919900101001X"


@pytest.fixture
def con():
    return ibis.duckdb.connect()


@pytest.fixture
def keys(con):
    rows = pa.table({"borrower_id": [7, 8], "digits": [NUMBER, None], "id_no": [ID, None]})
    return keep_rows(con, "keys", rows)


def listed(con, *digests: str):
    texts = pa.array(digests, pa.string())
    return keep_rows(
        con, "listed", pa.table({"digest": texts, "id_digest": pa.nulls(len(digests), pa.string())})
    )


def owners(con, table, digest):
    return con.to_pyarrow(table.filter(table["digest"] == digest))["borrower_id"].to_pylist()


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "sm3"])
@pytest.mark.parametrize("text", [NUMBER, "86" + NUMBER, "+86" + NUMBER, ID, ID.lower()])
def test_our_own_values_are_found_behind_their_digest(con, keys, kind, text):
    digest = hashlib.new(kind, text.encode()).hexdigest()

    table, notes = digests_for(con, keys, listed(con, digest), {})

    assert owners(con, table, digest) == [7]
    assert notes == ()


def test_a_person_without_values_is_not_hashed(con, keys):
    assert set(con.to_pyarrow(spellings(keys))["borrower_id"].to_pylist()) == {7}


def test_a_list_without_digests_asks_for_none(con, keys):
    assert digests_for(con, keys, listed(con), {}) == (None, ())


def test_digests_are_made_once_for_many_lists(con, keys):
    made = {}
    first = digests_for(con, keys, listed(con, "0" * 32), made)[0]
    second = digests_for(con, keys, listed(con, "1" * 32), made)[0]

    assert list(made) == ["md5"]
    assert first is second


def test_sm3_is_not_made_where_sha256_explains_the_list(con, keys):
    made = {}
    digests_for(con, keys, listed(con, hashlib.sha256(NUMBER.encode()).hexdigest()), made)

    assert list(made) == ["sha256"]


def test_a_machine_without_sm3_says_so(con, keys, monkeypatch):
    monkeypatch.setattr(digesting.hashlib, "algorithms_available", {"sha256"})

    table, notes = digests_for(con, keys, listed(con, "0" * 64), {})

    assert owners(con, table, "0" * 64) == []
    assert "no SM3" in notes[0]


def test_an_engine_that_gives_bytes_is_asked_for_hexadecimal():
    text = ibis.table({"t": "string"}, name="texts")["t"]
    sql = ibis.to_sql(hexadecimal(text, "sha256", "clickhouse").as_table(), dialect="clickhouse")

    assert "hex" in sql.lower()
    assert "SHA256" in sql
