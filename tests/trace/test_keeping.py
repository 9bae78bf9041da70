import ibis
import pyarrow as pa
import pytest
from ibis.common.exceptions import TableNotFound

from mingdai.trace.keeping import keep, keep_rows, look


@pytest.fixture
def con():
    return ibis.duckdb.connect()


def test_what_is_kept_stays_when_its_source_changes(con):
    source = keep_rows(con, "source", pa.table({"n": [1, 2]}))
    kept = keep(con, "doubled", source.mutate(n=source["n"] * 2))
    keep_rows(con, "source", pa.table({"n": [5]}))

    assert sorted(con.to_pyarrow(kept)["n"].to_pylist()) == [2, 4]


def test_the_same_question_of_a_table_made_anew_is_asked_anew(con):
    for numbers in ([1], [2, 3]):
        rows = keep_rows(con, "rows", pa.table({"n": numbers}))
        kept = keep(con, "doubled", rows.mutate(n=rows["n"] * 2))

        assert con.to_pyarrow(kept)["n"].to_pylist() == [2 * each for each in numbers]


def test_the_same_name_holds_the_latest_answer(con):
    keep_rows(con, "rows", pa.table({"n": [1]}))
    keep_rows(con, "rows", pa.table({"text": ["one", "two"]}))

    assert con.to_pyarrow(con.table("rows"))["text"].to_pylist() == ["one", "two"]


def test_what_is_looked_at_follows_its_source(con):
    source = keep_rows(con, "source", pa.table({"n": [1, 2]}))
    seen = look(con, "seen", source.filter(source["n"] > 1))
    con.raw_sql("INSERT INTO source VALUES (3)")

    assert sorted(con.to_pyarrow(seen)["n"].to_pylist()) == [2, 3]


def test_nothing_kept_is_left_to_the_next_connection(con):
    keep_rows(con, "rows", pa.table({"n": [1]}))

    with pytest.raises(TableNotFound):
        ibis.duckdb.connect().table("rows")
