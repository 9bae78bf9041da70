"""Set a report as a PDF with typst: words and pictures of the page, the same bytes each time.

The Chinese font is the system's Noto Sans CJK SC (Debian: fonts-noto-cjk).
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from mingdai.audit.reporting.composing import Report
from mingdai.audit.reporting.drawing import WIDE, as_svg, draw_strips, picture_defs, picture_id
from mingdai.audit.reporting.loading import picture_size
from mingdai.errors import Unavailable
from mingdai.paper.markup import Markup, tag

FONT = "Noto Sans CJK SC"
_TEMPLATE = files("mingdai.audit.reporting").joinpath("report.typ").read_bytes()
_LABELS = (
    *("title", "chain", "chain.lead", "shots", "shots.lead", "shot.none", "matrix", "matrix.lead"),
    *(
        "matrix.recipient",
        "matrix.none",
        "legend",
        "consent.rule",
        "checks",
        "checks.also",
        "check.marks",
    ),
    *("checks.patterns", "check.law", "check.evidence", "check.fix", "findings", "findings.lead"),
    *("findings.third", "findings.first", "finding.field", "finding.to", "finding.when"),
    *("finding.where", "finding.decoded", "finding.value", "hops", "hop.time", "hop.from"),
    *("hop.to", "hop.how", "unseen", "unseen.complete", "unseen.incomplete", "order", "steps"),
    *("verify", "verify.lead", "verify.how", "verify.from"),
)


def pdf_of(report: Report, folder: Path) -> bytes:
    """The PDF; raises Unavailable where the Chinese font is not installed."""
    if FONT not in _families():
        raise Unavailable(
            code="report.font",
            reason=f"the font {FONT} is not installed, so no PDF was written",
            remedy="apt-get install fonts-noto-cjk, then `mingdai audit report DIR -o NEW`",
        )
    sources = {"report.typ": _TEMPLATE, "data.json": _data(report)}
    for number, svg in enumerate(_strips(report, folder)):
        sources[f"strip-{number:03}.svg"] = svg.encode()
    for each in report.shots:
        sources[f"{picture_id(each.file)}.png"] = (folder / each.file).read_bytes()
    with TemporaryDirectory() as name:
        for source, data in sources.items():
            (Path(name) / source).write_bytes(data)
        made_at = int(report.made_at.timestamp())
        return typst.compile(Path(name) / "report.typ", format="pdf", timestamp=made_at)


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def _data(report: Report) -> bytes:
    """Everything the template shows, as JSON: a flow's words are data, never typst code."""
    words = report.words
    document: dict[str, Any] = asdict(report)
    for each in ("words", "stops", "made_at"):
        del document[each]
    document["language"] = words.language
    document["strips"] = len(draw_strips(list(report.stops), width=WIDE))
    document["verdict_word"] = words(f"verdict.{report.verdict}")
    document["labels"] = {key: words(key) for key in _LABELS}
    document["page"] = words("page", n="#", of="##")
    document["no_check"] = words(report.no_check)
    document["steps_count"] = words("steps.n", n=len(report.steps))
    for shot in document["shots"]:
        shot["file"] = f"{picture_id(shot['file'])}.png"
    made = report.made_at
    document["date"] = [made.year, made.month, made.day]
    return json.dumps(document, ensure_ascii=False).encode()


def _strips(report: Report, folder: Path) -> list[Markup]:
    """One SVG for each strip of the chain, each with the pictures it shows."""
    drawn = []
    for strip in draw_strips(list(report.stops), width=WIDE):
        shown = [
            each.stop.picture
            for each in report.stops
            if each.stop.picture and f"#{picture_id(each.stop.picture)}" in strip.body
        ]
        symbols = [_embedded(folder, name) for name in shown]
        drawn.append(as_svg([strip], width=WIDE, label="", defs=tag("defs", symbols)))
    return drawn


def _embedded(folder: Path, name: str) -> Markup:
    data = (folder / name).read_bytes()
    url = "data:image/png;base64," + base64.b64encode(data).decode()
    return picture_defs(name, url, picture_size(data))
