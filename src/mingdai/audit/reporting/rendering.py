"""Write a report as one HTML page that needs nothing else (`mingdai.paper.paging`)."""

from __future__ import annotations

import base64
from importlib.resources import files
from pathlib import Path

from mingdai.audit.reporting.composing import Report
from mingdai.audit.reporting.drawing import (
    NARROW,
    WIDE,
    as_svg,
    draw_strips,
    picture_defs,
)
from mingdai.audit.reporting.loading import picture_size
from mingdai.audit.reporting.sections import SECTIONS
from mingdai.paper.markup import Markup, tag
from mingdai.paper.paging import Frame, page_of

_STYLE = files("mingdai.audit.reporting").joinpath("report.css").read_text(encoding="utf-8")
_SIGNS = {"fail": "✕", "pass": "✓", "incomplete": "?"}


def html_of(report: Report, folder: Path, *, other: str) -> str:
    """The whole page; `other` is the file of the other language beside it."""
    words = report.words
    frame = Frame(
        language=words.language,
        name=words("title"),
        title=f"{words('title')} · {report.facts[0][1]}",
        style=_STYLE,
        other=other,
        other_name=words("other"),
        foot=report.foot,
    )
    main = [_verdict(report), _chain(report), [section(report) for section in SECTIONS]]
    return page_of(frame, main, before=_pictures(report, folder))


def _verdict(report: Report) -> Markup:
    facts = [tag("div", tag("dt", name), tag("dd", said)) for name, said in report.facts]
    sign = tag("span", _SIGNS[report.verdict], class_="sign", aria_hidden="true")
    return tag(
        "section",
        tag("h1", sign, report.words(f"verdict.{report.verdict}")),
        tag("p", report.sentence, class_="sentence"),
        tag("dl", facts),
        class_=f"verdict {report.verdict}",
    )


def _chain(report: Report) -> Markup:
    words = report.words
    hosts = words.join([each.stop.host for each in report.stops])
    label = words("chain.label", text=hosts)
    drawn = []
    for width, name in ((WIDE, "wide"), (NARROW, "narrow")):
        svg = as_svg(draw_strips(list(report.stops), width=width), width=width, label=label)
        drawn.append(tag("div", svg, class_=f"chain {name}"))
    return tag(
        "section",
        tag("h2", words("chain")),
        tag("p", words("chain.lead"), class_="lead small"),
        drawn,
        id="chain",
    )


def _pictures(report: Report, folder: Path) -> Markup:
    """Every picture once: as a symbol for the chain, which the gallery shows whole."""
    names = [each.stop.picture for each in report.stops if each.stop.picture]
    names += [each.file for each in report.shots]
    symbols = []
    for name in dict.fromkeys(names):
        data = (folder / name).read_bytes()
        url = "data:image/png;base64," + base64.b64encode(data).decode()
        symbols.append(picture_defs(name, url, picture_size(data)))
    return tag("svg", tag("defs", symbols), class_="defs", aria_hidden="true")
