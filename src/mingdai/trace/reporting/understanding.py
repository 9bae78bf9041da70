"""What was understood of the file: its form and its columns, by number and never by content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mingdai.trace.reporting.records import Record
from mingdai.trace.reporting.telling import count
from mingdai.trace.reporting.wording import Words

Pairs = tuple[tuple[str, str], ...]


def understood(record: Record, words: Words) -> Iterator[tuple[str, str]]:
    """Pairs of a name and what was understood."""
    form = record.part("understood")
    if form:
        yield words("form"), _form(form, words)
        yield words("columns"), _columns(form.get("columns") or {}, words)
    people = record.raw.get("people")
    if isinstance(people, int | float):
        yield words("people"), count(round(float(people), 2))


def _form(form: Mapping[str, Any], words: Words) -> str:
    sign = str(form.get("delimiter") or "")
    if str(form.get("encoding", "")).lower() == "xlsx":
        between = words("form.sheet")
    elif not sign:
        between = words("form.plain")
    else:
        key = f"sign.{sign}"
        between = words("form.between", sign=words(key) if key in words.texts else f"“{sign}”")
    header = words("form.header" if form.get("header") else "form.bare")
    encoding = str(form.get("encoding") or "").upper()
    return words.join([each for each in (encoding, between, header) if each])


def _columns(columns: Mapping[str, Any], words: Words) -> str:
    said = [
        words(
            "columns.one",
            places=words.join([str(each) for each in places]),
            role=_role(role, words),
        )
        for role, places in columns.items()
        if places
    ]
    return words.join(said) or words("columns.none")


def _role(role: str, words: Words) -> str:
    key = f"role.{role}"
    return words(key) if key in words.texts else role
