"""Findings as JSON Lines: one line for each (request, field).

A request whose decode budget was reached without a finding has a line without a `field` and with
the notice "budget reached", because silence would read as "clean".  Opaque blobs are a file apart.
Both shapes: docs/schemas/finding.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from mingdai.audit.detecting.findings import BUDGET_REACHED, Report


def finding_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Each finding, then the notice of a request that has none but reached its budget."""
    for report in reports:
        for finding in report.findings:
            yield json.dumps(finding.as_json(), ensure_ascii=False)
        if report.budget_reached and not report.findings:
            yield json.dumps(budget_notice(report), ensure_ascii=False)


def opaque_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Each blob that could not be read."""
    for report in reports:
        for opaque in report.opaque:
            yield json.dumps(opaque.as_json(), ensure_ascii=False)


def budget_notice(report: Report) -> dict[str, object]:
    """The line that says a request was not searched to its end; it names no field."""
    return {"request_id": report.request_id, "host": report.host, "notice": BUDGET_REACHED}
