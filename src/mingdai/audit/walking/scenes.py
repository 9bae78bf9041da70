"""A scene: what one look at a page shows, as values; elements stay reachable by their index."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingdai.audit.visits import Link

if TYPE_CHECKING:
    from playwright.sync_api import Frame, JSHandle

_COUNT = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Look:
    """One frame's part of a scene: its elements live in `handle`."""

    number: int
    frame: Frame
    handle: JSHandle
    url: str


@dataclass(frozen=True, slots=True)
class Control:
    """An input of any kind: field, select, radio, range, picker, file or box."""

    look: Look
    index: int
    kind: str
    facts: dict[str, Any]

    def text(self, name: str) -> str:
        """A fact as text, "" where it is missing."""
        return str(self.facts.get(name) or "")

    def flag(self, name: str) -> bool:
        """A fact as yes or no."""
        return bool(self.facts.get(name))

    def size(self, name: str) -> int:
        """A fact as a whole number."""
        return int(self.facts.get(name) or 0)

    @property
    def key(self) -> str:
        """What tells it from others after the page was drawn anew."""
        parts = [self.look.url.partition("#")[0], self.kind]
        parts += [self.text(each) for each in ("name", "id", "label", "model", "placeholder")]
        if self.kind == "box":
            parts += [self.text("words")[:60]]
        elif not any(parts[2:6]):
            parts += [_COUNT.sub("#", self.text("near")), self.text("text")]
        if not any(parts[2:]):
            parts += [str(self.size("top"))]
        parts += [str(self.size("copy") or "")]
        return "|".join([*parts, self.text("value") if self.kind == "radio" else ""])

    @property
    def links(self) -> tuple[Link, ...]:
        """The agreements linked beside it."""
        rows = self.facts.get("links") or ()
        return tuple(Link(row["text"], row["href"], bool(row.get("plain"))) for row in rows)


@dataclass(frozen=True, slots=True)
class Scene:
    """All frames of a tab at one moment; the top frame is first."""

    url: str
    title: str
    text: str
    controls: tuple[Control, ...]
    buttons: tuple[Control, ...]
    agreement_links: tuple[Control, ...] = ()
    hrefs: tuple[Link, ...] = ()
    cover: str = ""
    refresh: str = ""
    pictures: tuple[str, ...] = ()
    scrolls: tuple[tuple[Look, int], ...] = ()
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def boxes(self) -> tuple[Control, ...]:
        """The consent boxes a person would see, in order."""
        boxes = (each for each in self.controls if each.kind == "box" and each.flag("consent"))
        return tuple(boxes)

    @property
    def reachable(self) -> tuple[Control, ...]:
        """The buttons nothing lies over."""
        return tuple(each for each in self.buttons if each.flag("reach"))

    def signature(self) -> str:
        """What makes two looks the same page in the same state."""
        parts = [self.url.partition("#")[0].partition("?")[0], self.text[:4000]]
        parts += [
            f"{each.key}={each.text('value')}{each.flag('checked')}" for each in self.controls
        ]
        return "\n".join(parts)
