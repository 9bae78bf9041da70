"""The rows of a workbook (XLSX) as the lines of a CSV file.

Every sheet is read, one after the other.  A number of more than fifteen digits is masked behind the
fifteenth, where a spreadsheet wrote zeros instead (IEEE 754 holds no more).
Refused: the old XLS, a workbook under a password, and one that unfolds to more than LARGEST bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mingdai.errors import Invalid

LARGEST = 4 << 30
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KEPT_DIGITS = 15
_EXACT = 1e15
_LINES = 1000


def is_workbook(start: bytes) -> bool:
    """By its first bytes: XLSX or the old XLS."""
    return start.startswith((b"PK\x03\x04", _OLE))


def sheet_lines(path: Path) -> Iterator[bytes]:
    """CSV in UTF-8, some lines at a time.  Raises `Invalid` for what cannot be read."""
    _refuse(path)
    out = io.StringIO()
    writer = csv.writer(out)
    for number, row in enumerate(_rows(path), start=1):
        writer.writerow(row)
        if number % _LINES == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _refuse(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(8)
        if start.startswith(_OLE):
            stream.seek(0)
            if _ENCRYPTED in stream.read():
                raise Invalid(code="list.encrypted", reason="the workbook is under a password",
                              field="file", remedy="open it and save it without")  # fmt: skip
            raise Invalid(code="list.xls", reason="the old XLS form is not read", field="file",
                          remedy="save it as XLSX or CSV")  # fmt: skip
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise _broken() from error
    if size > LARGEST:
        raise Invalid(code="list.too_large", reason="the workbook unfolds to more than 4 GiB",
                      field="file", remedy="cut it into several")  # fmt: skip


def _rows(path: Path) -> Iterator[list[str]]:
    """Rows of all sheets; a later sheet's repeated header is left out."""
    first: list[str] | None = None
    try:
        with path.open("rb") as stream:  # a path in memory has no ending to go by
            book = load_workbook(stream, read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                for cells in sheet.iter_rows(values_only=True):
                    row = [cell_text(value) for value in cells]
                    if not any(row) or row == first:
                        continue
                    first = row if first is None else first
                    yield row
            book.close()
    except (KeyError, ValueError, zipfile.BadZipFile, InvalidFileException, SyntaxError) as error:
        raise _broken() from error


def _broken() -> Invalid:
    return Invalid(
        code="list.workbook",
        reason="the workbook cannot be read",
        field="file",
        remedy="open it, save it again as XLSX or CSV",
    )


def cell_text(value: object) -> str:
    """A cell as a person would see it in full, on one line."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return _whole(_fifteen(value) if abs(value) >= _EXACT else str(int(value)))
    if isinstance(value, int):
        return _whole(str(value))
    return str(value).replace("\r", " ").replace("\n", " ").strip()


def _fifteen(value: float) -> str:
    """The digits a spreadsheet shows, and zeros."""
    digits, _, power = f"{value:.14e}".replace(".", "").partition("e")
    return digits + "0" * (int(power) + 1 - _KEPT_DIGITS)


def _whole(digits: str) -> str:
    """`digits`, or fifteen of them and a mask where the rest was lost."""
    lost = len(digits) - _KEPT_DIGITS
    if lost > 0 and digits.endswith("0" * lost):
        return digits[:_KEPT_DIGITS] + "*" * lost
    return digits
