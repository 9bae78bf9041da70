"""What an audit found, ready for a page: the chain, who got which field, what is wrong, the files.

The words are the report's own (`audit.reporting.naming`), so that page and report say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from mingdai.audit.models import Audit
from mingdai.audit.ordering import evidence_of
from mingdai.audit.outcomes import REPORTS, load_findings, manifest_names
from mingdai.audit.reporting import naming
from mingdai.audit.reporting.wording import Words

REPROACHES = ("high", "medium", "low")
"""Severities that ask for something; `info` is what was seen besides."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one host got of one field: `mark` is before, after or none; `ways` how it travelled."""

    mark: str
    inferred: bool
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A page's worth of findings."""

    hops: tuple[dict[str, Any], ...]
    fields: tuple[str, ...]
    third: tuple[tuple[str, tuple[Cell | None, ...]], ...]
    own: tuple[tuple[str, tuple[Cell | None, ...]], ...]
    patterns: tuple[str, ...]
    checks: tuple[dict[str, Any], ...]
    also: tuple[dict[str, Any], ...]
    stop: str
    unseen: tuple[str, ...]
    companies: tuple[str, ...]


def tell_findings(audit: Audit) -> Told | None:
    """The findings of a finished audit; None where the folder is not here any more."""
    try:
        found = load_findings(evidence_of(audit))
    except (OSError, ValueError):
        return None
    words = _words()
    fields = tuple(dict.fromkeys(str(row["field"]) for row in found["egress"]))
    checks = [_check(row) for row in found.get("checks", [])]
    stop = found.get("stop") or {}
    return Told(
        hops=tuple(_hop(row, words) for row in found["hops"]),
        fields=fields,
        third=_matrix(found["egress"], fields, words, first_party=False),
        own=_matrix(found["egress"], fields, words, first_party=True),
        patterns=tuple(naming.pattern(each, words) for each in found["dark_patterns"]),
        checks=tuple(row for row in checks if row["severity"] in REPROACHES),
        also=tuple(row for row in checks if row["severity"] not in REPROACHES),
        stop=naming.stop(str(stop.get("code", "")), str(stop.get("said", "")), words),
        unseen=tuple(str(each) for each in found.get("unseen", [])),
        companies=tuple(_company(each) for each in found.get("companies_named") or []),
    )


def tell_steps(lines: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines of a walk in the page's language: host and what was done."""
    words = _words()
    return [("" if host == "-" else host, naming.step(said, words)) for host, said in lines]


def report_files(audit: Audit) -> list[str]:
    """The reports that are there, those in the page's language first."""
    there = set(manifest_names(evidence_of(audit)))
    english = get_language() == "en"
    known = [each for each in REPORTS if each in there]
    return sorted(known, key=lambda name: (".en." in name) is not english)


def _words() -> Words:
    return Words("en" if get_language() == "en" else "zh")


def _hop(row: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        "from_host": row["from_host"],
        "to_host": row["to_host"],
        "way": naming.way(str(row.get("how", "")), str(row.get("detail", "")), words),
        "is_data": row.get("kind") == "data",
    }


def _matrix(
    rows: Iterable[Mapping[str, Any]], fields: tuple[str, ...], words: Words, *, first_party: bool
) -> tuple[tuple[str, tuple[Cell | None, ...]], ...]:
    """A line for each host, in the order in which they first got something."""
    got: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for row in rows:
        if bool(row.get("first_party")) is first_party:
            got.setdefault(str(row["recipient_host"]), {}).setdefault(row["field"], []).append(row)
    return tuple(
        (host, tuple(_cell(by_field.get(each), words) for each in fields))
        for host, by_field in got.items()
    )


def _cell(rows: list[Mapping[str, Any]] | None, words: Words) -> Cell | None:
    if not rows:
        return None
    early = any(row.get("before_consent") for row in rows)
    ways = dict.fromkeys(naming.form(str(row.get("form", "")), words) for row in rows)
    return Cell(
        mark="before" if early else "after",
        inferred=all(row.get("inferred") for row in rows),
        ways=tuple(each for each in ways if each),
    )


def _check(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `checks`; pictures among its evidence can be opened."""
    evidence = row.get("evidence") or []
    pictures = [each["ref"] for each in evidence if each.get("kind") == "screenshot"]
    return {**row, "pictures": pictures, "law": row.get("law") or []}


def _company(each: object) -> str:
    return str(each.get("name", "")) if isinstance(each, dict) else str(each)
