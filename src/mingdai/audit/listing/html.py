"""Findings as one HTML file that needs nothing else, for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from mingdai.audit.detecting.findings import Finding, Report

_STYLE = """
body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;margin:2rem auto;max-width:72rem;
padding:0 1rem;color:#1c2321}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #d8dedb;vertical-align:top}
.before,.undeclared{color:#a3271f;font-weight:600}
code{font-size:.9em;word-break:break-all}
"""
_HEADS = (
    "请求 request",
    "字段 field",
    "形式 form",
    "解码 chain",
    "位置 place",
    "接收方 recipient",
    "同意 consent",
    "声明 declared",
)


def html_lines(reports: Iterable[Report], capture: str) -> Iterator[str]:
    """The page, line by line; `capture` is the name shown as its source."""
    kept = list(reports)
    findings = [finding for report in kept for finding in report.findings]
    title = f"个人信息外发 · {escape(capture)}"
    yield f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
    yield f"<style>{_STYLE}</style></head><body><h1>{title}</h1>"
    yield f"<p>{len(kept)} requests, {len(findings)} findings.</p>"
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for finding in findings:
        yield _row(finding)
    yield "</tbody></table>"
    yield from _unread(kept)
    yield "</body></html>"


def _row(finding: Finding) -> str:
    consent = {True: "之前 before", False: "之后 after", None: "未知 unknown"}[finding.pre_consent]
    first = finding.places[0]
    left = f" ({finding.candidates_left} left)" if finding.candidates_left else ""
    cells = [
        escape(finding.request_id),
        escape(finding.field),
        escape(finding.form) + left,
        f"<code>{escape(' > '.join(finding.chain) or '-')}</code>",
        escape(f"{first.where} {first.name}".strip()) + f" [{first.start}, {first.end}]",
        escape(finding.host),
        f'<span class="{"before" if finding.pre_consent else "after"}">{consent}</span>',
        "是 yes" if finding.declared else '<span class="undeclared">否 no</span>',
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _unread(reports: list[Report]) -> Iterator[str]:
    opaque = [(report, each) for report in reports for each in report.opaque]
    reached = [report.request_id for report in reports if report.budget_reached]
    yield f"<h2>未能读出 not read</h2><p>{len(opaque)} opaque blobs</p><ul>"
    for report, each in opaque[:500]:
        place = f"{each.place.where} {each.place.name}".strip()
        yield f"<li>{escape(report.request_id)} {escape(report.host)} {escape(place)}</li>"
    for name in reached:
        yield f"<li>{escape(name)}: budget reached</li>"
    yield "</ul>"
