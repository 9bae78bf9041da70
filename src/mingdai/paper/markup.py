"""Build HTML and SVG as text, escaped unless it is `Markup`: a flow's words are never tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_VOID = {"meta", "link", "img", "br"}


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Content = str | Markup | Iterable["Content"] | None


def tag(name: str, /, *content: Content, **attributes: object) -> Markup:
    """One element.  `class_` is `class`, `_` in names becomes `-`; None and False leave out."""
    shown = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{shown}>")
    return Markup(f"<{name}{shown}>{text(content)}</{name}>")


def breakable(name: str) -> Markup:
    """A host name that may break after its dots and hyphens, and nowhere else first."""
    return Markup(re.sub(r"([.-])", r"\1<wbr>", escape(name)))


def text(content: Content) -> Markup:
    """The content as markup; plain text is escaped."""
    if content is None:
        return Markup("")
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return Markup(escape(content))
    return Markup("".join(text(each) for each in content))


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.removesuffix("_").replace("_", "-") if key != "viewBox" else key
    return f' {name}="{escape(str(value))}"' if value is not True else f" {name}"
