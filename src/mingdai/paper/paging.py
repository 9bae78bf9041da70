"""One HTML page that needs nothing else: no script, no request, own style only.

The page carries its own policy (nothing but its one style, by hash, and pictures inside it).
Under a stricter policy of a server it must be handed out as a download or in a sandbox: a
policy without this style's hash would show it bare.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files

from mingdai.paper.markup import Content, Markup, tag
from mingdai.paper.speaking import LANGUAGES, TONGUES

_BASE = files("mingdai.paper").joinpath("page.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a report: `other` is the file of the other language beside it."""

    language: str
    name: str
    title: str
    style: str
    other: str
    other_name: str
    foot: str


def page_of(frame: Frame, main: Content, *, before: Content = None) -> str:
    """The whole page; `before` stands in the body ahead of everything that is seen."""
    style = _BASE + frame.style
    body = [
        before,
        tag("div", tag("header", _bar(frame), class_="bar"), class_="top"),
        tag("main", main),
        tag("footer", tag("p", frame.foot)),
    ]
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex"),
        tag("link", rel="icon", href="data:,"),
        tag("title", frame.title),
        tag("style", Markup(style)),
    ]
    lang = TONGUES[frame.language]
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', body), lang=lang)}\n"


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"


def _bar(frame: Frame) -> Content:
    [other] = (TONGUES[each] for each in LANGUAGES if each != frame.language)
    return [tag("p", frame.name), tag("a", frame.other_name, href=frame.other, hreflang=other)]
