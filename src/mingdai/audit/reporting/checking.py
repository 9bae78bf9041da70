"""The rows of `checks` in words: severity, law, what was seen, evidence, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mingdai.audit.reporting import naming
from mingdai.audit.reporting.concealing import Concealer
from mingdai.audit.reporting.loading import Bundle
from mingdai.audit.reporting.wording import Words

SEVERITIES = ("high", "medium", "low", "info")
_MARKS = {"high": "▲", "medium": "△", "low": "▽", "info": "·"}
_REFS = {"step", "exchange", "page", "agreement", "screenshot", "download"}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing a check found."""

    code: str
    severity: str
    mark: str
    rank: str
    title: str
    said: str
    fix: str
    law: tuple[str, ...]
    evidence: tuple[str, ...]
    is_reproach: bool


def check_rows(bundle: Bundle, concealer: Concealer, words: Words) -> Iterator[CheckRow]:
    """The rows, the gravest first; none where the audit was made without checks."""
    rows = [row for row in bundle.findings.get("checks") or () if isinstance(row, Mapping)]
    for row in sorted(rows, key=_rank):
        severity = str(row.get("severity", "info"))
        known = severity if severity in SEVERITIES else "info"
        pattern = row.get("dark_pattern")
        yield CheckRow(
            code=str(row.get("check", "")),
            severity=known,
            mark=_MARKS[known],
            rank=words(f"severity.{known}"),
            title=naming.pattern(str(pattern), words) if pattern else "",
            said=concealer.text(_text(row.get("said"), words)),
            fix=concealer.text(_text(row.get("fix"), words)),
            is_reproach=known in {"high", "medium"},
            law=tuple(_law(each) for each in row.get("law") or ()),
            evidence=tuple(
                _reference(each, concealer, words) for each in row.get("evidence") or ()
            ),
        )


def _rank(row: Mapping[str, Any]) -> int:
    severity = row.get("severity")
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def _text(pair: object, words: Words) -> str:
    if isinstance(pair, Mapping):
        return str(pair.get(words.language) or pair.get("zh") or "")
    return str(pair or "")


def _law(source: Mapping[str, Any]) -> str:
    parts = [source.get("title", ""), source.get("article", ""), source.get("mark", "")]
    return " ".join(str(each) for each in parts if each)


def _reference(evidence: Mapping[str, Any], concealer: Concealer, words: Words) -> str:
    kind, ref = str(evidence.get("kind", "")), str(evidence.get("ref", ""))
    named = words(f"ref.{kind}", ref=ref) if kind in _REFS else f"{kind} {ref}".strip()
    note = concealer.text(_text(evidence.get("note"), words))
    return words.choose(("{}（{}）", "{} ({})")).format(named, note) if note else named
