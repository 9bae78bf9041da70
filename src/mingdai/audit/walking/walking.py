"""The trunk of a walk: look, read, fill, choose, press, listen, until there is a reason to stop."""

from __future__ import annotations

import re

from playwright.sync_api import Error

from mingdai.audit.companies import bare_host
from mingdai.audit.visits import Stop
from mingdai.audit.walking.choosing import choose
from mingdai.audit.walking.coding import code_button
from mingdai.audit.walking.filling import fill
from mingdai.audit.walking.listening import WANTS_CONSENT, Heard
from mingdai.audit.walking.pressing import best_button, press, wait_until_open, way_out_of_cover
from mingdai.audit.walking.reading import read_here
from mingdai.audit.walking.recognising import recognise
from mingdai.audit.walking.scenes import Control, Scene
from mingdai.audit.walking.stopping import asks_for_puzzle, must_stop, says_finished, stop, way_out
from mingdai.audit.walking.ticking import consent_boxes, tick_next
from mingdai.audit.walking.walker import Walker

_PATIENCE_MS = 6500
_LEAST_PATIENCE_MS = 900
_LONGEST_TIMER_MS = 15_000
_LONGEST_WORK_MS = 25_000
_BETWEEN_WORDS_MS = 2_000
_WORKING = re.compile(
    r"\d\s*%|匹配|评估|计算|审核中|加载|请稍|等待|排队|处理中|跳转|loading|wait", re.I
)
_COUNTDOWN = re.compile(
    r"(\d{1,2})\s*(?:秒钟?|s\b)\s*(?:之?后|内)?[^。\n]{0,10}(?:自动|跳转|进入|前往|跳到|redirect)|"
    r"(?:将在|还有|剩余|等待|倒计时)[^。\n\d]{0,4}(\d{1,2})\s*(?:秒|s\b)",
    re.IGNORECASE,
)
_MOST_EFFORT = 5
_MOST_ROUNDS = 12


def open_start(walker: Walker, url: str) -> Stop | None:
    """Open the first page; a stop where it does not answer."""
    walker.journal.step(walker.page, "open", f"opened {bare_host(url)}")
    try:
        walker.page.goto(url, wait_until="domcontentloaded")
    except Error:
        return stop("unreachable")
    return None


def walk(walker: Walker) -> Stop:
    """Go as far as a borrower would; why it ended."""
    furthest: Stop | None = None
    for _ in range(walker.limits.turns):
        reason = take_turn(walker)
        if reason is None:
            continue
        walker.journal.step(walker.page, "stop", reason.said)
        furthest = furthest or reason
        if reason.code in {"time", "hops"}:
            return reason
        if not walker.go_back_to_tab():
            return furthest if reason.code in {"dead_end", "loop"} else reason
        walker.journal.step(walker.page, "follow", "went back to the tab behind")
    return stop("time")


def take_turn(walker: Walker) -> Stop | None:
    """One look and what follows from it; a stop, or None to go on."""
    if walker.take_new_tab():
        walker.journal.step(walker.page, "follow", "followed a new tab")
    if walker.page.is_closed() and not walker.go_back_to_tab():
        return stop("dead_end")
    walker.settle()
    scene = walker.scene()
    walker.journal.look(walker.page, scene)
    consent_boxes(walker, scene)
    reason = must_stop(walker, scene)
    if reason is not None:
        return reason
    if _fill_rounds(walker, scene):
        scene = walker.scene()
        walker.journal.look(walker.page, scene)
        reason = must_stop(walker, scene)
        if reason is not None:
            return reason
    return _go_on(walker, scene)


def _fill_rounds(walker: Walker, scene: Scene) -> int:
    """Fill and choose until nothing new shows up: one answer may reveal the next question."""
    read_here(walker, scene)
    total = 0
    for number in range(_MOST_ROUNDS):
        look = scene if number == 0 and not walker.read else walker.scene()
        touched = fill(walker, look) + choose(walker, look)
        total += touched
        if not touched:
            break
        walker.progressed()
        walker.settle(900)
    return total


def _go_on(walker: Walker, scene: Scene) -> Stop | None:
    button = best_button(walker, scene) or way_out_of_cover(walker, scene)
    button = button or _only_by_code(walker, scene)
    if button is None:
        return _wait_or_stop(walker, scene)
    if button.flag("disabled") and not wait_until_open(walker, button):
        return _work_around(walker, scene, button)
    heard = press(walker, scene, button)
    if heard.outcome in {"moved", "changed"}:
        return _after_move(walker)
    return _answer(walker, heard)


def _only_by_code(walker: Walker, scene: Scene) -> Control | None:
    """Where asking for a code is the only way on it is the page's own button; three times at most.

    Only where the identity has a code to type once it is asked for.
    """
    button = code_button(scene) if walker.persona.otp else None
    if button is None or walker.pressed[walker.number, button.key] > 2:
        return None
    return button


def _after_move(walker: Walker) -> Stop | None:
    """A step further; a jump to an app or a blocked address leaves the page where it was."""
    walker.settle(1500)
    return None


def _answer(walker: Walker, heard: Heard) -> Stop | None:
    """The page would not go on: tick what it wants ticked, fill what it wants filled, or stop."""
    scene = walker.scene()
    walker.journal.look(walker.page, scene)
    if heard.words:
        walker.journal.step(walker.page, "hear", f"the page said: {heard.words[:60]}")
    fields_missing = _missing_words(heard.words)
    if not fields_missing and tick_next(walker, scene):
        return None
    walker.effort[walker.number] += 1
    if fields_missing and walker.effort[walker.number] == 1:
        return None
    if tick_next(walker, scene):
        return None
    if walker.effort[walker.number] <= _MOST_EFFORT:
        return None
    return _why_stuck(walker, scene)


def _missing_words(words: str) -> bool:
    if WANTS_CONSENT.search(words):
        return False
    return any(each in words for each in ("请输入", "请填写", "请选择", "不能为空", "格式", "有误"))


def _work_around(walker: Walker, scene: Scene, button: Control) -> Stop | None:
    """The button will not take a press: tick a box, fill more, or try another button."""
    if tick_next(walker, scene):
        return None
    walker.effort[walker.number] += 1
    walker.pressed[walker.number, button.key] += 1
    if walker.effort[walker.number] <= _MOST_EFFORT:
        return None
    return _why_stuck(walker, scene)


def _wait_or_stop(walker: Walker, scene: Scene) -> Stop | None:
    """Nothing to press: perhaps the page moves by itself; otherwise it is an end."""
    number, waited, text = walker.number, 0.0, scene.text
    patience, calm = _patience(walker, scene), False
    working = bool(_WORKING.search(text)) and not says_finished(scene)
    said, said_at = text, 0.0
    while not calm and (waited < patience or (working and waited - said_at < _BETWEEN_WORDS_MS)):
        walker.pause(250)
        waited += 250
        if walker.number != number or walker.page.is_closed() or _has_new_tab(walker):
            return None
        calm = waited >= _LEAST_PATIENCE_MS and walker.stir().still
        fresh = walker.scene()
        if fresh.text != text and (_offers(fresh) - _offers(scene) or best_button(walker, fresh)):
            return None
        if fresh.text != said and waited < _LONGEST_WORK_MS:
            said, said_at = fresh.text, waited
    last = walker.scene()
    return None if _fill_rounds(walker, last) else _why_stuck(walker, last)


def _patience(walker: Walker, scene: Scene) -> float:
    """How long to wait for a page to move by itself: longer where it says or sets when it will."""
    known_end = says_finished(scene) or walker.number in walker.back
    least = _PATIENCE_MS / 2 if known_end else _PATIENCE_MS
    counts = [int(one or two) * 1000 for one, two in _COUNTDOWN.findall(scene.text)]
    header = (walker.recorder.moves_at - walker.journal.clock()) * 1000
    known = [
        walker.stir().last(_LONGEST_TIMER_MS),
        max(header, 0),
        *(each for each in counts if each <= 30_000),
    ]
    return max([least, *(each + 1500 for each in known if each)])


def _offers(scene: Scene) -> set[str]:
    """What can be pressed or filled, by its words."""
    words = {each.text("text") for each in scene.reachable}
    return words | {each.key for each in scene.controls if each.flag("reach")}


def _has_new_tab(walker: Walker) -> bool:
    known = {walker.page, *walker.stack}
    return any(not tab.is_closed() and tab not in known for tab in walker.recorder.new_tabs)


def _why_stuck(walker: Walker, scene: Scene) -> Stop:
    """The most telling name for a page that leads no further."""
    if says_finished(scene):
        return stop("end")
    if asks_for_puzzle(scene):
        return stop("captcha")
    codes = [each for each in scene.controls if recognise(each)[0] == "code"]
    if codes and not walker.persona.otp:
        return stop("otp")
    return way_out(walker) or stop("dead_end")
