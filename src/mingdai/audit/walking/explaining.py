"""Keep the journal of a walk: each step in words, with what it touched and a picture.

The journal never holds a planted value: it says which field was typed where, and how it was known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.sync_api import Error, Page

from mingdai.audit.capturing import Recorder
from mingdai.audit.companies import bare_host
from mingdai.audit.visits import (
    Agreement,
    Asked,
    Box,
    Download,
    Link,
    PageView,
    Press,
    Step,
    Typing,
)
from mingdai.audit.walking.scenes import Control, Scene

_MOST_PICTURES = 60


@dataclass(slots=True)
class Journal:
    """Everything the walker writes down, in order."""

    clock: Callable[[], float]
    folder: Path
    recorder: Recorder
    say: Callable[[str], None] = lambda _line: None
    hide: tuple[tuple[str, str], ...] = ()
    """Planted values and the names that stand for them in the log: pages echo them."""
    steps: list[Step] = field(default_factory=list)
    views: dict[int, PageView] = field(default_factory=dict)
    asked: dict[tuple[int, str], Asked] = field(default_factory=dict)
    typed: list[Typing] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    downloads: list[Download] = field(default_factory=list)
    pictures: int = 0
    box_keys: dict[tuple[int, str], int] = field(default_factory=dict)
    disturbed: set[int] = field(default_factory=set)
    """Boxes that reading an agreement may have ticked: what they show later proves nothing."""

    def step(self, page: Page, kind: str, said: str) -> None:
        """One line of the log."""
        number = self.recorder.number_of(page)
        host, said = bare_host(page.url), self.without_values(said)
        self.steps.append(Step(len(self.steps) + 1, self.clock(), number, host, kind, said))
        self.say(f"{len(self.steps):3} {host or '-':24} {said}")

    def without_values(self, said: str) -> str:
        """The words with each planted value replaced by its field's name."""
        for value, name in self.hide:
            said = said.replace(value, f"[{name}]")
        return said

    def look(self, page: Page, scene: Scene) -> None:
        """Keep a new document, or a new state of it, with its text and a picture."""
        document = self.recorder.document_of(page)
        if document is None:
            return
        view = self.views.get(document.number)
        if view is None:
            host = bare_host(document.url)
            view = PageView(document.number, document.at, document.url, host, scene.title, "")
        elif view.text == scene.text:
            return
        links = {(each.href, each.text): each for each in (*view.links, *scene.hrefs)}
        self.views[document.number] = replace(
            view,
            title=scene.title or view.title,
            text=scene.text,
            texts=(*view.texts[-19:], scene.text),
            links=tuple(links.values())[:300],
            screenshots=(*view.screenshots, *self._picture(page)),
        )

    def ask(self, page: Page, control: Control, role: str, said: tuple[str, str]) -> None:
        """Remember that the page asked for this; `said` is how it is called and known."""
        number = self.recorder.number_of(page)
        label, source = said
        row = Asked(
            number, self.clock(), role, label, source, control.flag("required"), control.kind
        )
        self.asked.setdefault((number, control.key), row)

    def type(self, page: Page, control: Control, field_name: str, known: tuple[str, str]) -> None:
        """A planted value is about to be typed; `known` is the role and its source."""
        role, source = known
        self.typed.append(
            Typing(
                field_name,
                role,
                self.recorder.number_of(page),
                self.clock(),
                bare_host(page.url),
                bare_host(control.look.url),
                source,
            )
        )

    def box(self, page: Page, control: Control) -> Box:
        """The record of a consent box, made the first time it is seen."""
        key = (self.recorder.number_of(page), control.key)
        if key not in self.box_keys:
            self.box_keys[key] = len(self.boxes)
            ticked = control.flag("checked")
            self.boxes.append(
                Box(
                    len(self.boxes) + 1,
                    key[0],
                    self.clock(),
                    control.text("words")[:400],
                    control.links,
                    preticked=ticked,
                )
            )
        return self.boxes[self.box_keys[key]]

    def ticked_itself(self, box: Box) -> None:
        """The page ticked it, with nobody touching anything but inputs since it stood open."""
        touched = [each for each in self.presses if each.page == box.page and each.at > box.at]
        known = box.preticked or box.ticked_at or box.self_ticked_at
        if not known and not touched and box.number not in self.disturbed:
            now = self.clock()
            self.boxes[box.number - 1] = replace(self.boxes[box.number - 1], self_ticked_at=now)

    def ticked(self, box: Box) -> None:
        """The walker has ticked it now."""
        self.boxes[box.number - 1] = replace(self.boxes[box.number - 1], ticked_at=self.clock())

    def press(self, press: Press) -> None:
        """A button is about to be pressed."""
        self.presses.append(press)

    def outcome(self, outcome: str, told: str) -> None:
        """What the last press led to."""
        self.presses[-1] = replace(
            self.presses[-1], outcome=outcome, told=self.without_values(told)[:300]
        )

    def agree(self, page: Page, link: Link, found: tuple[str, int, str, str]) -> None:
        """An agreement was read, or could not be: `found` is how, status, text and why dead."""
        how, status, text, dead = found
        number, host = self.recorder.number_of(page), bare_host(page.url)
        self.agreements.append(Agreement(number, host, link, how, status, text, dead))

    def _picture(self, page: Page) -> tuple[str, ...]:
        if self.pictures >= _MOST_PICTURES:
            return ()
        self.pictures += 1
        name = f"screenshots/{self.pictures:03}.png"
        try:
            page.screenshot(path=self.folder / name, timeout=4000, animations="disabled")
        except Error:
            return ()
        return (name,)
