"""What a found file is: its encoding, its delimiter, whether its first line is a header.

Encoding: a byte-order mark, else strict UTF-8 over the start of the file, else GB18030, which reads
GBK and GB2312 too.  Delimiter: the one that cuts the sample into the most columns whose cells are
of a known kind.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from dataclasses import dataclass

from mingdai.trace.reading.kinds import Kind, kind_of

SAMPLE_BYTES = 1 << 18
SAMPLE_LINES = 400
LONGEST = 20_000
"""Signs of a line that is looked at."""

DELIMITERS = (",", "\t", ";", "|", "||", "::", "，", "；", "^", "~", "#", "$", "&", "/", ":", "  ",
              " ", "\x01", "、")  # fmt: skip

_ALSO_INSIDE = (" ", ":", "/", "#", "$", "&", "、", ".")
"""Signs that values hold themselves."""

_WORTH = {
    Kind.MOBILE: 2.0, Kind.MASKED: 2.0, Kind.DIGEST: 2.0, Kind.ID: 2.0, Kind.ID_MASKED: 2.0,
    Kind.TAIL: 0.3, Kind.NUMBER: 0.3,
}  # fmt: skip

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """How to cut a text file; `columns` is the usual number of cells in a line."""

    encoding: str
    delimiter: str
    columns: int
    sample: tuple[tuple[str, ...], ...]


def sniff(start: bytes) -> Form:
    """The form of a file that begins so; an empty file has one column and no lines."""
    encoding = sniff_encoding(start)
    text = codecs.getincrementaldecoder(encoding)(errors="ignore").decode(start)
    lines = [line for line in text.splitlines() if line.strip() and len(line) < LONGEST]
    lines = lines[:SAMPLE_LINES]
    if len(start) >= SAMPLE_BYTES and len(lines) > 1:
        lines = lines[:-1]
    best = max(((_worth(lines, each), -place, each) for place, each in enumerate(DELIMITERS)),
               default=(0.0, 0, ","))  # fmt: skip
    delimiter = best[2] if best[0] > _worth(lines, "") else ""
    sample = tuple(tuple(row) for row in cut(lines, delimiter))
    usual = Counter(map(len, sample)).most_common(1)
    return Form(encoding, delimiter, usual[0][0] if usual else 1, sample)


def sniff_encoding(start: bytes) -> str:
    """A codec's name; a character cut at the end of `start` does not count against UTF-8."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def cut(lines: list[str], delimiter: str) -> list[list[str]]:
    """Cells of each line; "" leaves the lines whole."""
    if not delimiter:
        return [[line.strip().strip('"')] for line in lines]
    if len(delimiter) > 1:
        return [[cell.strip().strip('"') for cell in line.split(delimiter)] for line in lines]
    return list(csv.reader(lines, delimiter=delimiter))


def _worth(lines: list[str], delimiter: str) -> float:
    """Columns of known kind that a cut gives, less for lines of another length."""
    rows = cut(lines, delimiter)
    if not rows:
        return 0.0
    usual, often = Counter(map(len, rows)).most_common(1)[0]
    if delimiter and usual == 1:
        return 0.0
    regular = [row for row in rows if len(row) == usual]
    known = 0.0
    for column in zip(*regular, strict=True):
        kinds = Counter(kind_of(cell) for cell in column if cell.strip())
        kinds.pop(Kind.OTHER, None)
        known += sum(_WORTH.get(kind, 1.0) * n for kind, n in kinds.items()) / len(regular)
    unlikely = 0.6 if delimiter in _ALSO_INSIDE else 0.0
    return (known + 0.001 * usual) * often / len(rows) - unlikely


def has_header(sample: tuple[tuple[str, ...], ...]) -> bool:
    """The first line is of other kinds than the lines below it."""
    if len(sample) < 2:
        return False
    first, rest = sample[0], sample[1:]
    odd = 0
    for place, title in enumerate(first):
        kinds = Counter(kind_of(row[place]) for row in rest if place < len(row) and row[place])
        usual = kinds.most_common(1)[0][0] if kinds else Kind.OTHER
        odd += title.strip() != "" and usual not in (Kind.OTHER, kind_of(title))
        odd -= kind_of(title) in _NEVER_TITLES
    return odd > 0


_NEVER_TITLES = {Kind.MOBILE, Kind.MASKED, Kind.DIGEST, Kind.ID, Kind.ID_MASKED, Kind.NUMBER,
                 Kind.TIME, Kind.TAIL, Kind.AMOUNT}  # fmt: skip
