"""The defects of lead-exchange protocols: what each is, why it is one, and what mends it.

Codes are stable and stand in `kinds.toml`.  A defect never holds a whole recovered value in its
sentence; `as_json` shows it masked unless it is asked to reveal it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from mingdai.audit.checks import sources
from mingdai.audit.checks.remarks import Said, Source

SEVERITIES = ("critical", "high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Kind:
    """What all defects of one code share."""

    code: str
    severity: str
    why: Said
    fix: Said
    law: tuple[Source, ...]


def _kind(code: str, row: dict[str, Any]) -> Kind:
    law = tuple(getattr(sources, name) for name in row["law"])
    return Kind(code, row["severity"], Said(**row["why"]), Said(**row["fix"]), law)


_TABLE = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8"))
KINDS: dict[str, Kind] = {code: _kind(code, row) for code, row in _TABLE.items()}
"""Every code a protocol audit can report."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect where it stands: which call, which field, and what was seen or done to show it."""

    code: str
    call: int
    field: str
    said: Said
    line: int = 0
    candidates: int | None = None
    tries: int | None = None
    recovered: str = ""

    @property
    def kind(self) -> Kind:
        """What all of its code share."""
        return KINDS[self.code]

    def as_json(self, *, reveal: str = "") -> dict[str, object]:
        """One row of the report; a recovered number is masked unless `reveal` is "values"."""
        shown = self.recovered if reveal == "values" else masked(self.recovered)
        return {
            "code": self.code,
            "severity": self.kind.severity,
            "call": self.call,
            "field": self.field,
            "line": self.line,
            "said": self.said.as_json(),
            "why": self.kind.why.as_json(),
            "fix": self.kind.fix.as_json(),
            "law": [each.as_json() for each in self.kind.law],
            "candidates": self.candidates,
            "tries": self.tries,
            "recovered": shown or None,
        }


def masked(number: str) -> str:
    """A number for people to read: three digits, four, and stars between."""
    return f"{number[:3]}****{number[-4:]}" if len(number) == 11 else ""
