import pytest

from mingdai.trace.reading.sniffing import cut, has_header, sniff, sniff_encoding

ROWS = [["王伟强", "19900001234", "广州市"], ["李娜", "19900005678", "深圳市"]] * 5


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "^", "~", "#", "，", "::", " "])
def test_the_delimiter_is_the_one_that_gives_known_cells(delimiter):
    text = "\n".join(delimiter.join(row) for row in ROWS)

    form = sniff(text.encode())

    assert (form.delimiter, form.columns) == (delimiter, 3)
    assert form.sample[1] == tuple(ROWS[1])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encoding_is_told(encoding):
    form = sniff("\n".join(",".join(row) for row in ROWS).encode(encoding))

    assert form.encoding == {"gbk": "gb18030"}.get(encoding, encoding)
    assert form.sample[0] == tuple(ROWS[0])


def test_a_character_cut_at_the_end_does_not_count():
    assert sniff_encoding("王伟强".encode()[:-1]) == "utf-8"


@pytest.mark.parametrize(
    "cells", [["19900001234"], ["199 0000 1234"], ["199-0000-1234"], ["2023-05-06 07:08:09"]]
)
def test_one_column_is_not_cut(cells):
    assert sniff("\n".join(cells * 5).encode()).delimiter == ""


def test_twenty_columns_are_twenty():
    line = ",".join(["王伟强", "19900001234", *(f"x{place}" for place in range(18))])

    assert sniff("\n".join([line] * 4).encode()).columns == 20


@pytest.mark.parametrize(
    "titles", [("姓名", "手机号", "城市"), ("name", "mobile", "city"), ("a", "b", "c")]
)
def test_a_first_line_of_other_kinds_is_a_header(titles):
    assert has_header((titles, *map(tuple, ROWS)))


def test_a_first_line_like_the_rest_is_no_header():
    assert not has_header(tuple(map(tuple, ROWS)))
    assert not has_header((("王伟强",),))


def test_quotes_hold_a_delimiter():
    assert cut(['"广州市,天河区",19900001234'], ",") == [["广州市,天河区", "19900001234"]]


def test_an_empty_file_has_no_rows():
    assert sniff(b"").sample == ()
