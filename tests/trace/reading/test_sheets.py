import csv
import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from mingdai.errors import Invalid
from mingdai.trace.reading import sheets
from mingdai.trace.reading.sheets import cell_text, is_workbook, sheet_lines


def book(tmp_path, *pages):
    workbook = Workbook()
    workbook.remove(workbook.active)
    for rows in pages:
        page = workbook.create_sheet()
        for row in rows:
            page.append(row)
    path = tmp_path / "list.xlsx"
    workbook.save(path)
    return path


def rows_of(path):
    return list(csv.reader(io.StringIO(b"".join(sheet_lines(path)).decode())))


def test_the_rows_of_all_sheets_are_read_and_the_header_once(tmp_path):
    header = ["姓名", "手机"]
    path = book(tmp_path, [header, ["王伟强", 19900001234]], [header, ["李娜", "19900005678"]])

    assert is_workbook(path.read_bytes()[:8])
    assert rows_of(path) == [header, ["王伟强", "19900001234"], ["李娜", "19900005678"]]


def test_blank_rows_are_left_out_and_a_cell_of_two_lines_is_one(tmp_path):
    assert rows_of(book(tmp_path, [["a\nb", "1"], [None, None], ["c", "2"]])) == [
        ["a b", "1"],
        ["c", "2"],
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (19900001234, "19900001234"),
        (19900001234.0, "19900001234"),
        (0.5, "0.5"),
        (999999199001011234, "999999199001011234"),
        (999999199001011000, "999999199001011***"),
        (9.99999199001011e17, "999999199001011***"),
        (12000, "12000"),
        (dt.datetime(2023, 5, 6, 7, 8, 9), "2023-05-06 07:08:09"),  # noqa: DTZ001
        (dt.date(2023, 5, 6), "2023-05-06"),
        (True, "True"),
    ],
)
def test_a_cell_is_written_in_full_and_lost_digits_are_masked(value, text):
    assert cell_text(value) == text


def refusal(path) -> str:
    with pytest.raises(Invalid) as refused:
        list(sheet_lines(path))
    return refused.value.code


def test_the_old_form_and_a_password_are_told_apart(tmp_path):
    old, locked = tmp_path / "old.xls", tmp_path / "locked.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    locked.write_bytes(old.read_bytes() + "EncryptedPackage".encode("utf-16-le"))

    assert (refusal(old), refusal(locked)) == ("list.xls", "list.encrypted")


def test_a_broken_workbook_is_refused(tmp_path):
    cut, other = tmp_path / "cut.xlsx", tmp_path / "other.zip"
    cut.write_bytes(b"PK\x03\x04" + bytes(50))
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("list.csv", "a,b")

    assert (refusal(cut), refusal(other)) == ("list.workbook", "list.workbook")


def test_a_workbook_that_unfolds_too_far_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST", 100)

    assert refusal(book(tmp_path, [["a", "b"]])) == "list.too_large"
