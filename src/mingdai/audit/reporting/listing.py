"""The findings one by one: which request, where in it, through which steps, and what it gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingdai.audit.reporting import naming
from mingdai.audit.reporting.concealing import Concealer
from mingdai.audit.reporting.loading import Bundle
from mingdai.audit.reporting.tabulating import AFTER, AFTER_INFERRED, BEFORE, BEFORE_INFERRED
from mingdai.audit.reporting.wording import Words


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One field at one recipient; `steps` are the decoding steps, outermost first."""

    field: str
    host: str
    source: str
    mark: str
    when: str
    at: str
    where: str
    requests: tuple[str, ...]
    steps: tuple[str, ...]
    value: str
    notes: tuple[str, ...]
    is_early: bool


def finding_rows(
    bundle: Bundle, rows: Sequence[Mapping[str, Any]], concealer: Concealer, words: Words
) -> Iterator[FindingRow]:
    """The rows in words, those before consent first."""
    kinds = {each.field: each.kind for each in bundle.fields}
    for row in sorted(rows, key=lambda row: (not row["before_consent"], row["at"])):
        early, inferred = row["before_consent"], row["inferred"]
        marks = (BEFORE_INFERRED, AFTER_INFERRED) if inferred else (BEFORE, AFTER)
        way = naming.way(row["transport"], "", words)
        kind = kinds.get(row["field"])
        yield FindingRow(
            field=naming.field_name(row["field"], kind, words) if kind else row["field"],
            host=row["recipient_host"],
            source=row["from_host"],
            mark=marks[0] if early else marks[1],
            when=words("mark.before") if early else words("mark.after"),
            at=f"+{row['at'] - bundle.visit.started_at:.1f} s",
            where=f"{way} · {naming.place(row['place'], words)}",
            requests=tuple(row["requests"]),
            steps=tuple(row["chain"]) or (words("finding.plainly"),),
            value=f"{concealer.value(row['field'])} · {naming.form(row['form'], words)}",
            notes=tuple(_notes(bundle, row, words)),
            is_early=early and not row["first_party"],
        )


def _notes(bundle: Bundle, row: Mapping[str, Any], words: Words) -> Iterator[str]:
    if row["inferred"]:
        yield words("mark.inferred")
    if row.get("candidates_left"):
        yield words("finding.left", n=row["candidates_left"])
    if row.get("unattributed"):
        yield words("finding.unattributed")
    if bundle.identity.declared and not row["declared"] and not row["first_party"]:
        yield words("finding.undeclared")
