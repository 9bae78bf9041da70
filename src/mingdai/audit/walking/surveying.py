"""Look at a tab: every frame, open shadow roots included, as `survey.js` sees it.

Shadow roots that a page makes shut are opened (`listeners.js`); those its HTML declares shut are
not, and canvas drawings and plug-ins cannot be looked into.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Frame, JSHandle, Page

from mingdai.audit.visits import Link
from mingdai.audit.walking.scenes import Control, Look, Scene

_SCRIPT = Path(__file__).with_name("survey.js").read_text(encoding="utf-8")
_MOST_FRAMES = 12
_EMPTY: dict[str, Any] = {"url": "", "title": "", "text": "", "cover": "", "refresh": ""}


def survey(page: Page) -> Scene:
    """One look at every frame of the tab; a frame that goes away meanwhile shows nothing."""
    looks: list[tuple[Look, dict[str, Any]]] = []
    frames = [page.main_frame, *(each for each in page.frames if each != page.main_frame)]
    for number, frame in enumerate(frames[:_MOST_FRAMES]):
        looked = _look(frame, number) if number == 0 or _is_shown(frame) else None
        if looked is not None:
            looks.append(looked)
    return _scene(looks)


def _is_shown(frame: Frame) -> bool:
    try:
        box = frame.frame_element().bounding_box()
    except Error:
        return False
    return box is not None and box["width"] > 20 and box["height"] > 20


def _look(frame: Frame, number: int) -> tuple[Look, dict[str, Any]] | None:
    try:
        handle: JSHandle = frame.evaluate_handle(_SCRIPT)
        facts = handle.evaluate("seen => seen.facts")
    except Error:
        return None
    return Look(number, frame, handle, frame.url), facts


def _scene(looks: list[tuple[Look, dict[str, Any]]]) -> Scene:
    top = looks[0][1] if looks else _EMPTY
    return Scene(
        url=top["url"],
        title=top["title"],
        text="\n".join(facts["text"] for _, facts in looks),
        controls=tuple(_controls(looks, "controls")),
        buttons=tuple(_controls(looks, "buttons")),
        agreement_links=tuple(_controls(looks, "links")),
        hrefs=tuple(Link(a["text"], a["href"]) for _, facts in looks for a in facts["hrefs"]),
        cover=top["cover"],
        refresh=top["refresh"],
        pictures=tuple(name for _, facts in looks for name in facts["pictures"]),
        scrolls=tuple((look, index) for look, facts in looks for index in facts["scrolls"]),
        texts={look.url: facts["text"] for look, facts in looks},
    )


def _controls(looks: list[tuple[Look, dict[str, Any]]], name: str) -> list[Control]:
    controls = [
        Control(look, int(fact["index"]), str(fact.get("kind", "link")), fact)
        for look, facts in looks
        for fact in facts[name]
    ]
    if name == "controls":
        _tell_apart(controls)
    return controls


def _tell_apart(controls: list[Control]) -> None:
    """Number the inputs that are called alike, so that each has a key of its own."""
    seen: Counter[tuple[int, str]] = Counter()
    for control in controls:
        key = (control.look.number, control.key)
        control.facts["copy"] = seen[key]
        seen[key] += 1
