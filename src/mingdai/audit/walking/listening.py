"""Hear what a page says back: a dialog, a toast, a line that was not there before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mingdai.audit.walking.scenes import Scene
from mingdai.audit.walking.walker import Walker

WANTS_CONSENT = re.compile(
    r"(同意|勾选|阅读|授权|确认).{0,14}(协议|条款|政策|授权|须知|书|告知|隐私)|"
    r"(协议|条款|政策|授权书).{0,10}(同意|勾选|阅读)|请.{0,4}(勾选|同意)|"
    r"未勾选|agree to|accept the",
    re.IGNORECASE,
)
_MOST_MS = 2600
_BUSY_MS = 9000
_STEP_MS = 130
_WORD_MS = 900
_STILL_MS = 520


@dataclass(frozen=True, slots=True)
class Before:
    """What a page looked like before it was touched."""

    url: str
    document: int
    lines: frozenset[str]
    controls: frozenset[str]
    dialogs: int
    tabs: int
    app_links: int
    downloads: int
    cover: str


@dataclass(frozen=True, slots=True)
class Heard:
    """moved, changed, told or nothing; and the words, where there were some."""

    outcome: str
    words: str


def before(walker: Walker, scene: Scene) -> Before:
    """Remember this moment."""
    recorder = walker.recorder
    return Before(
        walker.page.url,
        walker.number,
        frozenset(_lines(scene)),
        frozenset(_shapes(scene)),
        len(recorder.dialogs),
        len(recorder.new_tabs),
        len(recorder.app_links),
        len(recorder.downloads),
        scene.cover,
    )


def hear(walker: Walker, past: Before) -> Heard:
    """Wait for the page to answer, up to a few seconds."""
    waited, told = 0.0, ""
    while waited < (_BUSY_MS if _is_busy(told) else _MOST_MS):
        walker.pause(_STEP_MS)
        waited += _STEP_MS
        if _moved(walker, past):
            return Heard("moved", "")
        dialogs = walker.recorder.dialogs[past.dialogs :]
        if dialogs:
            walker.pause(400)
            if _moved(walker, past):
                return Heard("moved", dialogs[-1][2])
            return Heard("told", dialogs[-1][2])
        calm = waited >= _STILL_MS and not walker.stir().within(_MOST_MS)
        scene = walker.scene()
        fresh = [line for line in _lines(scene) if line not in past.lines]
        if set(_shapes(scene)) - past.controls or (past.cover and past.cover != scene.cover):
            walker.pause(300)
            if _moved(walker, past):
                return Heard("moved", "")
            return Heard("changed", " / ".join(fresh)[:300])
        told = " / ".join(fresh)[:300] or told
        if not _is_busy(told) and (calm or (told and waited >= _WORD_MS)):
            return Heard("told" if told else "nothing", told)
    return Heard("told" if told else "nothing", told)


def _is_busy(words: str) -> bool:
    return bool(re.search(r"加载|请稍|提交中|处理中|匹配中|跳转|正在|loading|wait", words, re.I))


def _moved(walker: Walker, past: Before) -> bool:
    recorder = walker.recorder
    return (
        walker.page.is_closed()
        or walker.page.url.partition("#")[0] != past.url.partition("#")[0]
        or walker.number != past.document
        or len(recorder.new_tabs) > past.tabs
        or len(recorder.app_links) > past.app_links
        or len(recorder.downloads) > past.downloads
    )


def _lines(scene: Scene) -> list[str]:
    lines = (re.sub(r"\d+\s*(秒|s\b|S\b)", "", line).strip() for line in scene.text.splitlines())
    return [line for line in lines if line]


def _shapes(scene: Scene) -> list[str]:
    shapes = [each.key for each in scene.controls]
    buttons = (each for each in scene.buttons if each.flag("painted") or each.kind == "button")
    return shapes + [re.sub(r"\d+", "", each.text("text")) for each in buttons]
