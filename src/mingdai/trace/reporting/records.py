"""Read what `mingdai trace list --json` wrote: one JSON object for each list (docs/trace.md#files).

What is missing because an older version wrote the result stays empty; what contradicts the form is
refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingdai.errors import Invalid

CONCLUSIONS = ("named", "investigate", "none")


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of evidence; `p_value` is None where nothing bounds it."""

    kind: str
    partner: str
    p_value: float | None
    bits: float
    by_design: bool
    detail: Mapping[str, Any]
    parts: tuple[tuple[str, int], ...] = ()
    """What it consists of, kind and count, where that is more than its own kind."""


@dataclass(frozen=True, slots=True)
class Record:
    """One judged list; `raw` is the whole object, in which `inputs` and `run` may be absent."""

    raw: Mapping[str, Any]
    conclusion: str
    prob: Mapping[str, float]
    rank: tuple[str, ...]
    accuse: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    evidence: tuple[Reason, ...]
    rows: int
    matched: int
    without_key: int
    family_error: float
    gamma_star: float

    @property
    def case(self) -> str:
        """The case's name, "" where none was given."""
        return str(self.raw.get("case") or "")

    @property
    def unread(self) -> str:
        """Why the list could not be read, "" where it was."""
        return str(self.part("error").get("reason") or "")

    def part(self, name: str) -> Mapping[str, Any]:
        """A part that is an object, such as `inputs` or `run`; empty where it is absent."""
        found = self.raw.get(name)
        return found if isinstance(found, dict) else {}

    def name(self, partner: str) -> str:
        """What a recipient is called; its code where no name came with the result."""
        return str(self.part("names").get(partner, partner))


def read_records(path: Path) -> list[Record]:
    """Every list of a result file: one JSON object, or one on each line.

    Raises Invalid `result.missing` or `result.form`.
    """
    if not path.is_file():
        raise Invalid(code="result.missing", reason="there is no such file", field="RESULT")
    text = path.read_text(encoding="utf-8")
    try:
        try:
            objects = [json.loads(text)]
        except ValueError:
            objects = [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError as error:
        raise _malformed() from error
    if not objects:
        raise _malformed()
    return [as_record(each) for each in objects]


def as_record(raw: Any) -> Record:  # noqa: ANN401 - whatever the file held
    """The record of one object; raises Invalid `result.form`."""
    try:
        record = _record(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _malformed() from error
    known = set(record.prob)
    named = {*record.rank, *record.accuse, *(each.partner for each in record.evidence)}
    if record.conclusion not in CONCLUSIONS or not named <= known:
        raise _malformed()
    if bool(record.accuse) != (record.conclusion == "named"):
        raise _malformed()
    return record


def _record(raw: Mapping[str, Any]) -> Record:
    return Record(
        raw=raw,
        conclusion=str(raw["conclusion"]),
        prob={str(name): float(chance) for name, chance in raw["prob"].items()},
        rank=tuple(map(str, raw["rank"])),
        accuse=tuple(map(str, raw["accuse"])),
        groups=tuple(tuple(map(str, group)) for group in raw["groups"]),
        evidence=tuple(_reason(each) for each in raw["evidence"]),
        rows=int(raw["rows"]),
        matched=int(raw["matched"]),
        without_key=int(raw.get("rows_without_key", 0)),
        family_error=float(raw["family_error"]),
        gamma_star=float(raw["gamma_star"]),
    )


def _reason(raw: Mapping[str, Any]) -> Reason:
    p_value = raw["p_value"]
    return Reason(
        kind=str(raw["kind"]),
        partner=str(raw["partner"]),
        p_value=None if p_value is None else float(p_value),
        bits=max(0.0, float(raw["bits"])),
        by_design=bool(raw["by_design"]),
        detail=dict(raw.get("detail") or {}),
    )


def _malformed() -> Invalid:
    return Invalid(
        code="result.form",
        reason="the file is no result of `mingdai trace list --json`",
        field="RESULT",
        remedy="run it again and keep what it prints",
    )
