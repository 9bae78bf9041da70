"""The egress matrix: who got which field, before or after consent.  Marks, not colours, say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingdai.audit.companies import company_of
from mingdai.audit.reporting import naming
from mingdai.audit.reporting.loading import Bundle
from mingdai.audit.reporting.wording import Words

BEFORE, AFTER, BEFORE_INFERRED, AFTER_INFERRED, HELD, NOTHING = "●", "○", "◆", "◇", "✕", ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field at one recipient; an empty `mark` is nothing seen."""

    mark: str = NOTHING
    said: str = ""
    form: str = ""
    is_early: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient."""

    host: str
    company: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Recipients under one heading."""

    head: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`fields` are the columns: how each is called, and its own name in the identity."""

    fields: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]


def matrix_of(bundle: Bundle, words: Words) -> Matrix:
    """Third parties, what was held back, and the page's own company; empty groups left out."""
    fields = [each.field for each in bundle.fields]
    parts = (
        ("matrix.third", bundle.rows(first_party=False)),
        ("matrix.held", list(bundle.findings.get("attempted", ()))),
        ("matrix.first", bundle.rows(first_party=True)),
    )
    groups = tuple(
        Group(words(key), tuple(_lines(rows, fields, words, is_held=key == "matrix.held")))
        for key, rows in parts
        if rows
    )
    heads = [naming.field_name(each.field, each.kind, words) for each in bundle.fields]
    return Matrix(tuple(zip(heads, fields, strict=True)), groups)


def _lines(
    rows: Sequence[Mapping[str, Any]], fields: Sequence[str], words: Words, *, is_held: bool
) -> list[Line]:
    hosts: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        hosts.setdefault(row["recipient_host"], {})[row["field"]] = row
    lines = []
    for host, known in hosts.items():
        cells = (_cell(known.get(each), words, is_held=is_held) for each in fields)
        company = company_of(host)
        lines.append(Line(host, "" if company == host else company, tuple(cells)))
    return sorted(lines, key=lambda line: (-sum(cell.is_early for cell in line.cells), line.host))


def _cell(row: Mapping[str, Any] | None, words: Words, *, is_held: bool) -> Cell:
    if row is None:
        return Cell()
    form = naming.form(row["form"], words)
    if is_held:
        return Cell(HELD, words("mark.held"), form)
    early, inferred = bool(row["before_consent"]), bool(row["inferred"])
    mark = (
        (BEFORE_INFERRED if early else AFTER_INFERRED) if inferred else BEFORE if early else AFTER
    )
    said = words("mark.before") if early else words("mark.after")
    said = (
        words.choose(("{}·{}", "{}, {}")).format(said, words("mark.inferred")) if inferred else said
    )
    return Cell(mark, said, form, early and not row["first_party"])
