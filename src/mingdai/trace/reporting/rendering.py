"""Write a report as one HTML page that needs nothing else (`mingdai.paper.paging`)."""

from __future__ import annotations

from importlib.resources import files

from mingdai.paper.paging import Frame, page_of
from mingdai.trace.reporting.composing import Report
from mingdai.trace.reporting.sections import SECTIONS, verdict

_STYLE = files("mingdai.trace.reporting").joinpath("report.css").read_text(encoding="utf-8")


def html_of(report: Report, *, other: str) -> str:
    """The whole page; `other` is the file of the other language beside it."""
    words = report.words
    frame = Frame(
        language=words.language,
        name=words("title"),
        title=f"{words('title')} · {report.head}",
        style=_STYLE,
        other=other,
        other_name=words("other"),
        foot=report.foot,
    )
    return page_of(frame, [verdict(report), [section(report) for section in SECTIONS]])
