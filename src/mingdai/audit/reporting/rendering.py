"""Write a report as one HTML page that needs nothing else: no script, no request, own style only.

The page carries its own policy (nothing but its one style, by hash, and pictures inside it).
Under a stricter policy of a server it must be handed out as a download or in a sandbox: a
policy without this style's hash would show it bare.
"""

from __future__ import annotations

import base64
import hashlib
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
from mingdai.audit.reporting.markup import Content, Markup, tag
from mingdai.audit.reporting.sections import SECTIONS

_STYLE = files("mingdai.audit.reporting").joinpath("report.css").read_text(encoding="utf-8")
_SIGNS = {"fail": "✕", "pass": "✓", "incomplete": "?"}
_TONGUES = {"zh": "zh-CN", "en": "en"}


def html_of(report: Report, folder: Path, *, other: str) -> str:
    """The whole page; `other` is the file of the other language beside it."""
    words = report.words
    body = [
        _pictures(report, folder),
        tag("div", tag("header", _bar(report, other), class_="bar"), class_="top"),
        tag(
            "main",
            _verdict(report),
            _chain(report),
            [section(report) for section in SECTIONS],
        ),
        tag("footer", tag("p", report.foot)),
    ]
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy()),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex"),
        tag("link", rel="icon", href="data:,"),
        tag("title", f"{words('title')} · {report.facts[0][1]}"),
        tag("style", Markup(_STYLE)),
    ]
    page = tag("html", tag("head", head), tag("body", body), lang=_TONGUES[words.language])
    return f"<!doctype html>\n{page}\n"


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"


def _bar(report: Report, other: str) -> Content:
    words = report.words
    return [
        tag("p", words("title")),
        tag("a", words("other"), href=other, hreflang="en" if words.language == "zh" else "zh-CN"),
    ]


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
