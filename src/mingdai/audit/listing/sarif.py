"""Findings as SARIF 2.1.0 (OASIS), so that code-scanning tools can show them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from mingdai.audit.detecting.findings import Finding, Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"certain": "error", "likely": "warning", "partial": "warning"}


def sarif_lines(reports: Iterable[Report], capture: str) -> Iterator[str]:
    """One SARIF document; `capture` is the name of the file the findings are in."""
    kept = list(reports)
    findings = [finding for report in kept for finding in report.findings]
    rules = sorted({finding.form for finding in findings})
    notes = [
        {"level": "warning", "message": {"text": f"budget reached in {report.request_id}"}}
        for report in kept
        if report.budget_reached
    ]
    run = {
        "tool": {
            "driver": {
                "name": "mingdai audit",
                "rules": [{"id": _rule(form), "name": form} for form in rules],
            }
        },
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": [_result(finding, capture) for finding in findings],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(document, ensure_ascii=False, indent=1)


def _rule(form: str) -> str:
    return "egress/" + form.replace(" ", "-")


def _result(finding: Finding, capture: str) -> dict[str, object]:
    chain = " > ".join(finding.chain) or "as it is"
    first = finding.places[0]
    text = f"{finding.field} left to {finding.host} in the {first.where} ({chain})"
    return {
        "ruleId": _rule(finding.form),
        "level": _LEVELS[finding.confidence],
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": capture}},
                "logicalLocations": [
                    {"name": finding.request_id, "kind": f"{first.where} {first.name}".strip()}
                ],
            }
        ],
        "properties": finding.as_json(),
    }
