from __future__ import annotations

import duckdb
import pytest

from mingdai.cases.models import FoundList
from mingdai.cases.understanding import connect_in_memory
from tests.cases.world import mobile, opened, received

pytestmark = pytest.mark.django_db


def columns(text: str | bytes, name: str = "list.csv") -> list[dict]:
    return received(opened(), text, name).understood["columns"]


def test_titles_shapes_shares_and_guesses_are_said_and_no_cell():
    text = "客户2,手机,备注\n" + "".join(f"示某,{mobile(each)},\n" for each in range(9))

    row = received(opened(), text.encode("gb18030"))

    first, second, third = row.understood["columns"]
    assert (first["title"], first["shapes"]) == ("客户0", [["字字", 1.0]])
    assert (second["roles"], second["shapes"]) == (["mobile"], [["00000000000", 1.0]])
    assert (third["filled"], third["shapes"], third["roles"]) == (0.0, [], [])
    assert (row.understood["rows"], row.understood["header"]) == (9, True)
    assert mobile(1) not in str(row.understood)


def test_a_column_of_addresses_is_checked_for_aliases_by_itself():
    assert [each["emails"] for each in columns("a@b.example,1\nc@d.example,2\n")] == [True, False]


def test_a_list_that_is_no_list_says_why():
    row = received(opened(), bytes(range(256)) * 50)

    assert (row.state, row.failure) == (FoundList.State.FAILED, "list.binary")


def test_a_list_of_very_many_columns_is_refused():
    row = received(opened(), ",".join(["19900000001"] * 61) + "\n")

    assert (row.state, row.failure) == (FoundList.State.FAILED, "list.columns")


def test_what_does_not_fit_into_memory_is_not_spilled():
    con = connect_in_memory()
    con.raw_sql("SET memory_limit = '20MB'")

    with pytest.raises(duckdb.OutOfMemoryException):
        con.raw_sql("CREATE TABLE big AS SELECT range i, md5(range::VARCHAR) h FROM range(3000000)")
