"""Put a found list into DuckDB as text: columns `row`, `c0`, `c1` and so on.

UTF-8 streams through DuckDB from where it lies; other encodings and workbooks are written again, in
memory.  Short lines are filled with NULL, of long ones the first cells are kept.  A line that
cannot be cut is counted, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend as Connection
from ibis.expr.types import StringValue, Table

from mingdai.errors import Invalid
from mingdai.trace.keeping import keep
from mingdai.trace.reading.holding import held
from mingdai.trace.reading.sheets import is_workbook, sheet_lines
from mingdai.trace.reading.sniffing import SAMPLE_BYTES, Form, has_header, sniff
from mingdai.trace.reading.texts import as_utf8, is_utf8, refuse_no_text

_NO_DELIMITER = "\x1f"
_MOST_LINES_IN_A_CELL = 20
_BASE64 = r"^[A-Za-z0-9+/]{22}==$|^[A-Za-z0-9+/]{27}=$|^[A-Za-z0-9+/]{43}=$"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list as a table; `titles` is empty where it has no header."""

    table: Table
    rows: int
    unreadable: int
    """Lines that could not be cut into cells."""
    titles: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    form: Form


def load_list(con: Connection, path: Path) -> Loaded:
    """Read `path` into the temporary table `found_rows`.

    Raises `Invalid`: list.missing, list.empty, list.binary, list.cell, list.xls, list.encrypted,
    list.workbook, list.too_large.
    """
    with _source(path) as (source, form):
        titles = form.sample[0] if has_header(form.sample) else ()
        below = form.sample[1:] if titles else form.sample
        if not below:
            raise Invalid(code="list.empty", reason="the file holds no row", field="file")
        table, unreadable = _read(con, source, form, skip=1 if titles else 0)
    return Loaded(table, int(table.count().execute()), unreadable, titles, below, form)


@contextmanager
def _source(path: Path) -> Iterator[tuple[Path, Form]]:
    """A file that DuckDB can read, and how to cut it."""
    if not path.is_file():
        raise Invalid(code="list.missing", reason="there is no such file", field="file")
    start = _start(path)
    if is_workbook(start):
        with held(sheet_lines(path)) as copy:
            yield copy, sniff(_start(copy))
        return
    refuse_no_text(start)
    form = sniff(start)
    if form.encoding in ("utf-8", "utf-8-sig") and is_utf8(path):
        yield path, form
        return
    with held(as_utf8(path, form.encoding)) as copy:
        yield copy, form


def _start(path: Path) -> bytes:
    with path.open("rb") as stream:
        stream.seek(0)
        return stream.read(SAMPLE_BYTES)


def _read(con: Connection, source: Path, form: Form, *, skip: int) -> tuple[Table, int]:
    """The rows, and how many lines were refused; without quotes where one was never closed."""
    width = max(len(row) for row in form.sample)
    table, refused = _cut(con, source, form.delimiter, width, skip, '"' if form.delimiter else "")
    if form.delimiter and (refused or _unclosed(table, width)):
        return _cut(con, source, form.delimiter, width, skip, "")
    return table, refused


def _cut(
    con: Connection, source: Path, delimiter: str, width: int, skip: int, quote: str
) -> tuple[Table, int]:
    for each in ("reject_errors", "reject_scans"):
        con.raw_sql(f"DROP TABLE IF EXISTS {each}")
    text = con.read_csv(
        str(source),
        table_name="found_text",
        delim=delimiter or _NO_DELIMITER,
        quote=quote,
        escape=quote,
        header=False,
        skip=skip,
        columns={f"c{place}": "VARCHAR" for place in range(width)},
        auto_detect=False,
        null_padding=True,
        store_rejects=True,
        strict_mode=False,
        parallel=False,
    )
    numbered = text.select(
        row=ibis.row_number(), **{name: _hexed(text[name]) for name in text.columns}
    )
    kept = keep(con, "found_rows", numbered)
    refused = con.con.table("reject_errors").aggregate("count(DISTINCT line)").fetchall()[0][0]
    return kept, int(refused)


def _unclosed(table: Table, width: int) -> bool:
    """A cell holds many lines: a quote was opened by accident and swallowed the rest."""
    lines = [table[f"c{place}"].length() - table[f"c{place}"].replace("\n", "").length()
             for place in range(width)]  # fmt: skip
    return int(ibis.greatest(*lines, 0).max().execute() or 0) > _MOST_LINES_IN_A_CELL


@ibis.udf.scalar.builtin(name="from_base64")  # type: ignore[untyped-decorator]  # no types
def _bytes(text: str) -> bytes:  # type: ignore[empty-body]
    """What a base64 text stands for, as DuckDB has it."""


@ibis.udf.scalar.builtin(name="hex")  # type: ignore[untyped-decorator]  # as above
def _hex(raw: bytes) -> str:  # type: ignore[empty-body]
    """Hexadecimal, as DuckDB has it."""


def _hexed(text: StringValue) -> StringValue:
    """A digest in base64 as hexadecimal; all else as it is."""
    like = text.re_search(_BASE64)
    safe = like.ifelse(text, "")
    return like.ifelse(_hex(_bytes(safe)).lower(), text)
