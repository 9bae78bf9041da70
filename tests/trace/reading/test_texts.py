import pytest

from mingdai.errors import Invalid
from mingdai.trace.reading.texts import LONGEST_LINE, as_utf8, is_utf8, line_text, refuse_no_text


@pytest.mark.parametrize("start", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf"[:0]])
def test_an_empty_file_is_refused(start):
    with pytest.raises(Invalid, match="list.empty"):
        refuse_no_text(start)


@pytest.mark.parametrize(
    "start", [b"%PDF-1.7", b"\x1f\x8b\x08", b"\x89PNG\r\n", bytes(range(256)), b"PAR1"]
)
def test_a_binary_file_is_refused(start):
    with pytest.raises(Invalid, match="list.binary"):
        refuse_no_text(start)


def test_a_stray_control_sign_does_not_make_a_file_binary():
    refuse_no_text(b"mobile\n19900001234\0\n")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_text_is_taken(encoding):
    refuse_no_text("姓名,手机\n王伟强,19900001234\n".encode(encoding))


def written(tmp_path, data: bytes):
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    return path


def test_lines_of_two_encodings_in_one_file_are_both_read(tmp_path):
    path = written(tmp_path, "王伟强,1\n".encode("gb18030") + "李娜,2\n".encode())

    assert not is_utf8(path)
    assert b"".join(as_utf8(path, "gb18030")).decode() == "王伟强,1\n李娜,2\n"


def test_utf16_is_read_by_its_mark(tmp_path):
    assert (
        b"".join(as_utf8(written(tmp_path, "王,1\n".encode("utf-16")), "utf-16"))
        == "王,1\n".encode()
    )


def test_a_short_line_that_both_encodings_read_is_read_as_chinese():
    line = "一,1\n".encode("gb18030")

    assert line.decode("utf-8") != "一,1\n"
    assert line_text(line) == "一,1\n"


def test_nul_is_left_out(tmp_path):
    path = written(tmp_path, b"a\0,1\n")

    assert not is_utf8(path)
    assert b"".join(as_utf8(path, "utf-8")) == b"a,1\n"


def test_a_cut_character_at_the_end_is_not_utf8(tmp_path):
    assert not is_utf8(written(tmp_path, "王".encode()[:-1]))


def test_a_line_without_an_end_is_refused(tmp_path):
    path = written(tmp_path, b"\xff" + b"x" * (LONGEST_LINE + 1))

    with pytest.raises(Invalid, match="list.cell"):
        list(as_utf8(path, "gb18030"))
