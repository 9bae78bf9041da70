"""The lines of a found text file as UTF-8, whatever it is written in.

A file may be put together from several: each line is then read by the encoding it is written in.
Refused: what is empty, what is no text, and single lines longer than a list has.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from mingdai.errors import Invalid
from mingdai.trace.reading.sniffing import SAMPLE_BYTES, sniff_encoding

LONGEST_LINE = 2_000_000
"""Bytes; DuckDB's own limit for a line is about the same."""

_CHUNK = 1 << 20
_HAN = re.compile("[㐀-䶿一-鿿]")
_ARCHIVES = (b"%PDF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x89PNG", b"\xff\xd8\xff", b"PAR1",
             b"SQLite format 3")  # fmt: skip
_CONTROL = frozenset(range(32)) - {1, 9, 10, 12, 13, 27, 28, 29, 30, 31}
_MOST_CONTROL = 0.01
_FEW_CONTROL = 8


def refuse_no_text(start: bytes) -> None:
    """Raises `Invalid` for an empty or a binary file; `start` is its beginning."""
    if not start.removeprefix(codecs.BOM_UTF8).strip():
        raise Invalid(code="list.empty", reason="the file holds nothing", field="file")
    if len(start) >= SAMPLE_BYTES and not {10, 13} & set(start):
        raise _endless()
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    odd = sum(each in _CONTROL for each in start)
    if start.startswith(_ARCHIVES) or odd > max(_FEW_CONTROL, _MOST_CONTROL * len(start)):
        raise Invalid(
            code="list.binary",
            reason="the file is no text and no workbook",
            field="file",
            remedy="unpack it, or save it as CSV or XLSX",
        )


def is_utf8(path: Path) -> bool:
    """All of it can be read as UTF-8, and by DuckDB as it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                if b"\0" in chunk:
                    return False
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def as_utf8(path: Path, encoding: str) -> Iterator[bytes]:
    """The file's lines in UTF-8; NUL is left out.  Raises `Invalid` for a line without an end."""
    if encoding == "utf-16":
        with path.open(encoding="utf-16", errors="replace", newline="") as wide:
            for text in wide:
                yield text.replace("\0", "").encode()
        return
    with path.open("rb") as raw:
        while line := raw.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise _endless()
            yield line_text(line).replace("\0", "").encode()


def _endless() -> Invalid:
    return Invalid(
        code="list.cell",
        reason="a line does not end where lines of a list do",
        field="file",
        remedy="a list has one person in a line; cut out what is none",
    )


def line_text(line: bytes) -> str:
    """A line by the encoding it is written in; short ones can be read by both, one has Chinese."""
    encoding = sniff_encoding(line)
    text = line.decode(encoding, errors="replace")
    if encoding == "utf-8" and not text.isascii() and not _HAN.search(text):
        other = line.decode("gb18030", errors="replace")
        return other if _HAN.search(other) else text
    return text
