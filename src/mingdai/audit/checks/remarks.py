"""What a check says: one remark, with its law, its evidence, and what would put it right."""

from __future__ import annotations

from dataclasses import dataclass

SEVERITIES = ("high", "medium", "low", "info")
"""High and medium ask for action; low is worth knowing; info is what was seen, no reproach."""

DARK_PATTERNS = (
    "preticked_consent",
    "bundled_consent",
    "dead_agreement_link",
    "recipient_not_named",
    "forced_contacts_permission",
    "forced_loan_offer",
)
"""Every name `dark_patterns` of findings.json can hold."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in both languages of the product."""

    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        """`{"zh", "en"}`."""
        return {"zh": self.zh, "en": self.en}


@dataclass(frozen=True, slots=True)
class Source:
    """A rule of law or policy: article, what it says with its date, how far it was verified."""

    article: str
    title: str
    mark: str

    def as_json(self) -> dict[str, str]:
        """`{"article", "title", "mark"}`."""
        return {"article": self.article, "title": self.title, "mark": self.mark}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where it can be seen.

    `kind` is step, exchange, page, agreement, screenshot or download; `ref` is a step's number, a
    request's id, or a file of the folder.
    """

    kind: str
    ref: str
    note: str = ""

    def as_json(self) -> dict[str, str]:
        """`{"kind", "ref", "note"}`."""
        return {"kind": self.kind, "ref": self.ref, "note": self.note}


@dataclass(frozen=True, slots=True)
class Rule:
    """What all remarks of one check share."""

    check: str
    fix: Said
    law: tuple[Source, ...]
    severity: str = "high"
    dark_pattern: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a check found; `severity` and `dark_pattern` override the rule's where given."""

    rule: Rule
    said: Said
    evidence: tuple[Evidence, ...] = ()
    severity: str = ""
    dark_pattern: str = ""
    violation: bool = False

    @property
    def is_violation(self) -> bool:
        """Whether this alone makes the flow fail."""
        return self.violation or bool(self.dark_pattern or self.rule.dark_pattern)

    def as_json(self) -> dict[str, object]:
        """A row of `checks` in findings.json; its schema is docs/schemas/findings.json."""
        return {
            "check": self.rule.check,
            "severity": self.severity or self.rule.severity,
            "said": self.said.as_json(),
            "fix": self.rule.fix.as_json(),
            "law": [each.as_json() for each in self.rule.law],
            "evidence": [each.as_json() for each in self.evidence],
            "dark_pattern": self.dark_pattern or self.rule.dark_pattern or None,
        }
