"""Findings as a text table for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingdai.audit.detecting.findings import Finding, Report

_HEADS = ("request", "field", "form", "chain", "where", "to", "consent", "declared")
_LIMIT = 36


def table_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Heading, one line a finding, then what was not read."""
    kept = list(reports)
    rows = [_HEADS, *(_row(finding) for report in kept for finding in report.findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    yield ""
    yield f"{len(rows) - 1} findings in {sum(bool(r.findings) for r in kept)} requests"
    opaque = sum(len(report.opaque) for report in kept)
    yield f"{opaque} opaque blobs could not be read"
    for report in kept:
        if report.budget_reached:
            yield f"budget reached: {report.request_id}"


def _row(finding: Finding) -> tuple[str, ...]:
    first = finding.places[0]
    consent = {True: "before", False: "after", None: "unknown"}[finding.pre_consent]
    cells = (
        finding.request_id,
        finding.field,
        finding.form,
        " > ".join(finding.chain) or "-",
        f"{first.where} {first.name}".strip(),
        finding.host,
        consent,
        "yes" if finding.declared else "no",
    )
    return tuple(cell if len(cell) <= _LIMIT else cell[: _LIMIT - 1] + "…" for cell in cells)
