"""The rows of `checks` in words, gathered by check: law and fix stand once, then what was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingdai.audit.reporting import naming
from mingdai.audit.reporting.concealing import Concealer
from mingdai.audit.reporting.loading import Bundle
from mingdai.audit.reporting.wording import Words

SEVERITIES = ("high", "medium", "low", "info")
REPROACHES = ("high", "medium")
_MARKS = {"high": "▲", "medium": "△", "low": "▽", "info": "·"}
_HAN_SPACE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_REFS = {"step", "page", "agreement", "screenshot", "download"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing a check saw, and where that can be looked up."""

    said: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """All that one check found at one severity."""

    code: str
    severity: str
    mark: str
    rank: str
    title: str
    seen: tuple[Seen, ...]
    fix: tuple[str, ...]
    law: tuple[str, ...]
    is_reproach: bool


def check_groups(bundle: Bundle, concealer: Concealer, words: Words) -> list[CheckGroup]:
    """The groups, the gravest first; none where the audit was made without checks."""
    groups: dict[tuple[int, str, str], list[Mapping[str, Any]]] = {}
    for row in bundle.findings.get("checks") or ():
        severity = str(row.get("severity"))
        rank = SEVERITIES.index(severity if severity in SEVERITIES else "info")
        key = (rank, str(row.get("check", "")), str(row.get("dark_pattern") or ""))
        groups.setdefault(key, []).append(row)
    speak = _Speech(bundle, concealer, words)
    return [
        speak.group(SEVERITIES[key[0]], rows)
        for key, rows in sorted(groups.items(), key=lambda item: item[0][0])
    ]


class _Speech:
    """Says what rows hold, in one language, masked, with fields called by their names."""

    def __init__(self, bundle: Bundle, concealer: Concealer, words: Words) -> None:
        self._conceal, self._words = concealer, words
        self._names = {
            each.field: naming.field_name(each.field, each.kind, words) for each in bundle.fields
        }
        known = "|".join(map(re.escape, sorted(self._names, key=len, reverse=True)))
        self._field = re.compile(rf"(?<![\w.\-/@])(?:{known})(?![\w.\-/@])")

    def group(self, severity: str, rows: Sequence[Mapping[str, Any]]) -> CheckGroup:
        """One group of rows of one check."""
        code = str(rows[0].get("check", ""))
        pattern = str(rows[0].get("dark_pattern") or "")
        words = self._words
        title = naming.pattern(pattern, words) if pattern else naming.check(code, words)
        return CheckGroup(
            code=code,
            severity=severity,
            mark=_MARKS[severity],
            rank=words(f"severity.{severity}"),
            title=title[:1].upper() + title[1:],
            seen=tuple(Seen(self._said(row.get("said")), self._evidence(row)) for row in rows),
            fix=_once(self._said(row.get("fix")) for row in rows if severity in REPROACHES),
            law=_once(_law(each) for row in rows for each in row.get("law") or ()),
            is_reproach=severity in REPROACHES,
        )

    def _said(self, pair: object) -> str:
        text = str(pair or "")
        if isinstance(pair, Mapping):
            text = str(pair.get(self._words.language) or pair.get("zh") or "")
        named = self._field.sub(lambda hit: self._names[hit[0]], self._conceal.text(text))
        return _HAN_SPACE.sub("", named) if self._words.language == "zh" else named

    def _evidence(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """Requests together by their ids (the findings tell the rest), then each other thing."""
        rows, words = list(row.get("evidence") or ()), self._words
        requests = _once(str(each.get("ref")) for each in rows if each.get("kind") == "exchange")
        told = [words("ref.exchange", ref=words.join(list(requests)))] if requests else []
        others = (each for each in rows if each.get("kind") != "exchange")
        return (*told, *_once(self._reference(each) for each in others))

    def _reference(self, evidence: Mapping[str, Any]) -> str:
        kind, ref = str(evidence.get("kind", "")), str(evidence.get("ref", ""))
        words = self._words
        named = words(f"ref.{kind}", ref=ref) if kind in _REFS else f"{kind} {ref}".strip()
        note = self._said(evidence.get("note"))
        return words.choose(("{}（{}）", "{} ({})")).format(named, note) if note else named


def _once(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _law(source: Mapping[str, Any]) -> str:
    parts = [source.get("title", ""), source.get("article", ""), source.get("mark", "")]
    return " ".join(str(each) for each in parts if each)
