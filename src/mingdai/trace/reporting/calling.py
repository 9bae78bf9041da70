"""Prepare a product's own result for the report: names in its language, marks told apart.

Aliases and spellings are judged as decoys are; `inputs.trials` says which trial had which hits.

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
    evidence = tuple(_told_apart(each, record) for each in record.evidence)
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


def _told_apart(reason: Reason, record: Record) -> Reason:
    """Which hits were aliases, which decoys; spellings by how many places were compared."""
    inputs = record.part("inputs")
    kinds, hits = inputs.get("trials") or (), inputs.get("decoys", {}).get(reason.partner) or ()
    if reason.kind not in {"decoys", "variants"}:
        return reason
    if not kinds or len(kinds) != len(hits):
        return _all_aliases(reason, record)
    found = {kind: int(each[0]) for kind, each in zip(kinds, hits, strict=True)}
    spelt = record.part("spellings").get(reason.partner) or {}
    parts = (
        ("aliases", found.get("alias", 0)),
        ("marks", int(spelt.get("places", 0)) if found.get("variants") else 0),
        ("decoys", max(found.get("exact", 0), found.get("masked", 0))),
    )
    expected = sum(float(chance) for count, chance in hits if count)
    detail = {**reason.detail, "expected_by_guessing": expected}
    return replace(reason, detail=detail, parts=tuple(each for each in parts if each[1]))


def _all_aliases(reason: Reason, record: Record) -> Reason:
    """The same of a result without the kinds of its trials: aliases where every hit is one."""
    aliases = int((record.part("aliases").get("hits") or {}).get(reason.partner, 0))
    is_alias = aliases and reason.detail.get("hits") == aliases
    return replace(reason, parts=(("aliases", aliases),)) if is_alias else reason
