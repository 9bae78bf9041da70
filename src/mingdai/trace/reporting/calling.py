"""Prepare a product's own result for the report: names in its language, aliases by their name.

A result of files names recipients by their codes and is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mingdai.trace.reporting.records import Reason, Record
from mingdai.trace.reporting.wording import Words


def called(record: Record, words: Words) -> Record:
    """The record with what its header knows: names, times, the list's digest."""
    header = record.part("header")
    if not header:
        return record
    known = header.get("recipients") or {}
    names = {code: _name(code, each, words) for code, each in known.items()}
    run = {
        "found_at": header.get("found_at"),
        "at": header.get("read_at"),
        "list": {"sha256": header.get("list_sha256")},
        **record.part("run"),
    }
    raw = {**record.raw, "names": {**record.part("names"), **names}, "run": run}
    hits = record.part("aliases").get("hits") or {}
    evidence = tuple(_by_kind(each, int(hits.get(each.partner, 0))) for each in record.evidence)
    return replace(record, raw=raw, evidence=evidence)


def never_given(record: Record) -> int:
    """How many addresses of the list were never given to anybody."""
    return int(record.part("aliases").get("never_given") or 0)


def _name(code: str, known: Mapping[str, Any], words: Words) -> str:
    """A firm by its legal name, an employee by log-in and role."""
    name = str(known.get("name") or code)
    if known.get("kind") == "staff":
        key = f"role.{known.get('role')}"
        role = words(key) if key in words.texts else str(known.get("role") or "")
        return words("staff", name=name, role=role)
    return str(known.get("en") or name) if words.language == "en" else name


def _by_kind(reason: Reason, aliases: int) -> Reason:
    """An alias is a decoy by its form, and told by its name where every hit is one."""
    is_alias = reason.kind == "decoys" and aliases and reason.detail.get("hits") == aliases
    return replace(reason, told="aliases") if is_alias else reason
