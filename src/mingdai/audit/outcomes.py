"""What came of an audit, read from its evidence folder: verdict, counts, the hashes to record."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingdai.audit.models import Audit

MANIFEST = "manifest.json"
FINDINGS = "findings.json"
REPORTS = ("report.html", "report.en.html", "report.pdf", "report.en.pdf")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`summary` holds counts and names of closed lists only, nothing of the identity."""

    verdict: str
    summary: dict[str, Any]
    manifest_sha256: str
    findings_sha256: str


def is_sealed(evidence: Path) -> bool:
    """Whether the folder is complete: its manifest is written last."""
    return (evidence / MANIFEST).is_file()


def read_outcome(evidence: Path) -> Outcome:
    """The outcome of a sealed folder; raises OSError or ValueError for one that is none."""
    findings = load_findings(evidence)
    return Outcome(
        verdict=str(findings["verdict"]),
        summary=_summary(findings),
        manifest_sha256=_hash(evidence / MANIFEST),
        findings_sha256=_hash(evidence / FINDINGS),
    )


def load_findings(evidence: Path) -> dict[str, Any]:
    """`findings.json`; raises OSError or ValueError."""
    found = json.loads((evidence / FINDINGS).read_text(encoding="utf-8"))
    if not isinstance(found, dict) or "verdict" not in found:
        raise ValueError("findings.json holds no verdict")
    return found


def facts_of(audit: Audit) -> dict[str, object]:
    """What the ledger entry of a finished audit commits to; layout: docs/protocol.md, kind 20."""
    ended = audit.ended_at
    return {
        "audit": str(audit.pk),
        "url": audit.url,
        "verdict": audit.verdict,
        "manifest": audit.manifest_sha256,
        "findings": audit.findings_sha256,
        "ended_at": int(ended.timestamp()) if ended else 0,
    }


def manifest_names(evidence: Path) -> list[str]:
    """Every file of a sealed folder, by its path inside; [] before it is sealed."""
    try:
        manifest = json.loads((evidence / MANIFEST).read_text(encoding="utf-8"))
    except OSError:
        return []
    return sorted(manifest["sha256"])


def _summary(findings: dict[str, Any]) -> dict[str, Any]:
    third = [row for row in findings["egress"] if not row.get("first_party")]
    stop = findings.get("stop") or {}
    severities = Counter(str(row.get("severity", "")) for row in findings.get("checks", []))
    return {
        "hops": sum(1 for row in findings["hops"] if row.get("kind") != "data"),
        "recipients": len({row["recipient_host"] for row in third}),
        "before_consent": sum(1 for row in third if row.get("before_consent")),
        "dark_patterns": list(findings["dark_patterns"]),
        "checks": dict(severities),
        "stop": str(stop.get("code", "")),
    }


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
