"""Found files of every form, through DuckDB."""

from __future__ import annotations

import base64
import hashlib

import ibis
import pytest

from mingdai.errors import Invalid
from mingdai.trace.reading.tables import load_list


@pytest.fixture(scope="module")
def con():
    return ibis.duckdb.connect()


def load(con, tmp_path, data: bytes | str, encoding: str = "utf-8"):
    path = tmp_path / "list.csv"
    path.write_bytes(data.encode(encoding) if isinstance(data, str) else data)
    loaded = load_list(con, path)
    rows = con.to_pyarrow(loaded.table.order_by("row")).drop(["row"])
    return loaded, [tuple(row.values()) for row in rows.to_pylist()]


PEOPLE = [("王伟强", "19900001234", "广州市"), ("李娜", "19900005678", "深圳市")]
TEXT = "姓名,手机号,城市\n" + "".join(",".join(row) + "\n" for row in PEOPLE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_encoding_and_ending_gives_the_same_rows(con, tmp_path, encoding, ending):
    loaded, rows = load(con, tmp_path, TEXT.replace("\n", ending), encoding)

    assert rows == PEOPLE
    assert loaded.titles == ("姓名", "手机号", "城市")
    assert loaded.rows == 2


@pytest.mark.parametrize("delimiter", ["\t", ";", "|", "||"])
def test_every_delimiter_gives_the_same_cells(con, tmp_path, delimiter):
    _, rows = load(con, tmp_path, TEXT.replace(",", delimiter))

    assert [tuple(cell for cell in row if cell) for row in rows] == PEOPLE


def test_one_column_without_a_header(con, tmp_path):
    loaded, rows = load(con, tmp_path, "19900001234\n19900005678\n")

    assert (loaded.titles, rows) == ((), [("19900001234",), ("19900005678",)])


def test_short_rows_are_filled_and_of_long_ones_the_first_cells_are_kept(con, tmp_path):
    long = TEXT * 1 + "张敏静\n" + "刘洋,19900009999,广州市,x,y\n"
    _, rows = load(con, tmp_path, long + ",".join(PEOPLE[0]) + "\n")

    assert [row[0] for row in rows] == ["王伟强", "李娜", "张敏静", "刘洋", "王伟强"]
    assert rows[2][1] is None
    assert rows[3][1] == "19900009999"


def test_blank_lines_are_no_rows_and_repeated_lines_are(con, tmp_path):
    loaded, rows = load(con, tmp_path, TEXT + "\n\n" + ",".join(PEOPLE[0]) + "\n\n")

    assert rows == [*PEOPLE, PEOPLE[0]]
    assert (loaded.rows, loaded.unreadable) == (3, 0)


def test_a_quoted_cell_may_hold_lines_and_delimiters(con, tmp_path):
    _, rows = load(con, tmp_path, TEXT + '"张敏静","19900009999","广州市,\n天河区"\n')

    assert rows[-1] == ("张敏静", "19900009999", "广州市,\n天河区")


def test_a_quote_that_is_never_closed_swallows_nothing(con, tmp_path):
    _, rows = load(con, tmp_path, TEXT + '"张敏静,19900009999,广州市\n' + TEXT[12:] * 30)

    assert len(rows) == 63
    assert rows[2] == ('"张敏静', "19900009999", "广州市")


def test_a_line_that_is_no_row_is_counted(con, tmp_path):
    loaded, rows = load(con, tmp_path, TEXT * 40 + "x" * 2_500_000 + ",1,1\n" + TEXT)

    assert loaded.unreadable == 1
    assert loaded.rows == len(rows) == 40 * 3 - 1 + 3


def test_a_digest_in_base64_is_read_as_hexadecimal(con, tmp_path):
    raw = [hashlib.new(kind, b"19900001234").digest() for kind in ("md5", "sha1", "sha256")]
    _, rows = load(con, tmp_path, "\n".join(base64.b64encode(each).decode() for each in raw))

    assert [row[0] for row in rows] == [each.hex() for each in raw]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list.empty"),
        (b"\n\n", "list.empty"),
        (b"\xef\xbb\xbf", "list.empty"),
        (b"%PDF-1.7 ", "list.binary"),
        (b"\x00\x01\x02" * 99, "list.binary"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "list.xls"),
        (b"PK\x03\x04" + bytes(99), "list.workbook"),
        (b"\xff" + b"x" * 2_100_000, "list.cell"),
    ],
)
def test_what_is_no_list_is_refused(con, tmp_path, data, code):
    with pytest.raises(Invalid, match=code):
        load(con, tmp_path, data)


def test_a_file_that_is_not_there_is_refused(con, tmp_path):
    with pytest.raises(Invalid, match="list.missing"):
        load_list(con, tmp_path / "absent.csv")


def test_a_refusal_holds_nothing_of_the_list(con, tmp_path):
    with pytest.raises(Invalid) as refused:
        load(con, tmp_path, b"\x00\x01" * 50 + b"19900001234")

    assert "19900001234" not in f"{refused.value}{refused.value.remedy}{refused.value.field}"
