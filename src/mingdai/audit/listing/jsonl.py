"""Findings as JSON Lines: one line for each (request, field).

A request whose decode budget was reached without a finding has a line with an empty `field` and
the note "budget reached", because silence would read as "clean".  Opaque blobs are a file apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from mingdai.audit.detecting.findings import Report

NOTE = "budget reached"


def finding_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Each finding, then the note of a request that has none but reached its budget."""
    for report in reports:
        for finding in report.findings:
            yield json.dumps(finding.as_json(), ensure_ascii=False)
        if report.budget_reached and not report.findings:
            yield json.dumps(budget_note(report), ensure_ascii=False)


def opaque_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Each blob that could not be read."""
    for report in reports:
        for opaque in report.opaque:
            yield json.dumps(opaque.as_json(), ensure_ascii=False)


def budget_note(report: Report) -> dict[str, object]:
    """The line that says a request was not searched to its end."""
    return {
        "request_id": report.request_id,
        "field": "",
        "chain": [],
        "pre_consent": None,
        "declared": None,
        "host": report.host,
        "form": "",
        "confidence": "",
        "places": [],
        "note": NOTE,
    }
