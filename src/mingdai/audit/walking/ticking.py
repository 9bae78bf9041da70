"""Tick a consent box, only once the page will not go on without it, and say which."""

from __future__ import annotations

import re

from mingdai.audit.walking.handling import is_ticked, touch, touch_left_edge
from mingdai.audit.walking.scenes import Control, Scene
from mingdai.audit.walking.walker import Walker

_OPTIONAL = re.compile(r"营销|推广|推荐|优惠|活动|资讯|短信通知|可选|选填|非必")


def consent_boxes(walker: Walker, scene: Scene) -> list[Control]:
    """The boxes in reach, each noted in the journal with how it stood when first seen."""
    boxes = [each for each in scene.boxes if each.flag("reach") or not each.flag("shown")]
    for each in boxes:
        box = walker.journal.box(walker.page, each)
        if each.flag("checked"):
            walker.journal.ticked_itself(box)
    return boxes


def unticked(walker: Walker, scene: Scene) -> tuple[int, ...]:
    """The numbers of the page's boxes standing unticked, while none of them is ticked."""
    boxes = consent_boxes(walker, scene)
    boxes = [each for each in boxes if not _OPTIONAL.search(each.text("words"))] or boxes
    if any(stands_ticked(walker, each) for each in boxes):
        return ()
    return tuple(walker.journal.box(walker.page, each).number for each in boxes)


def tick_next(walker: Walker, scene: Scene) -> bool:
    """Tick the one box most surely needed; False where none is left to tick."""
    boxes = [each for each in consent_boxes(walker, scene) if not stands_ticked(walker, each)]
    boxes = [each for each in boxes if walker.tried[f"{walker.number}|{each.key}"] < 2]
    if not boxes:
        return False
    chosen = min(boxes, key=_reluctance)
    walker.tried[f"{walker.number}|{chosen.key}"] += 1
    box = walker.journal.box(walker.page, chosen)
    if not _tick(walker, chosen):
        return tick_next(walker, walker.scene())
    walker.journal.ticked(box)
    walker.press_anew()
    said = f"ticked box {box.number}, because the page would not go on: {box.text[:60]}"
    walker.journal.step(walker.page, "tick", said)
    return True


def stands_ticked(walker: Walker, box: Control) -> bool:
    """Whether it shows a tick, or looks as it did once the walker had ticked it."""
    looks = walker.looks.get((walker.number, box.key))
    return box.flag("checked") or (bool(looks) and looks == box.text("looks"))


def _tick(walker: Walker, box: Control) -> bool:
    """Touch the box; where its words are part of it, at the edge, away from their links."""
    if box.flag("shown") and not box.flag("wraps"):
        touch(box)
    else:
        touch_left_edge(box)
    walker.pause(150)
    if is_ticked(box) or _looks_touched(walker, box):
        return True
    touch_left_edge(box)
    walker.pause(150)
    return is_ticked(box) or _looks_touched(walker, box)


def _looks_touched(walker: Walker, box: Control) -> bool:
    """Whether it shows a tick now, or at least changed its looks: that is how it looks ticked."""
    fresh = next((each for each in walker.scene().boxes if each.key == box.key), None)
    if fresh is None:
        return box.flag("drawn")
    if fresh.flag("drawn") and fresh.text("looks") != box.text("looks"):
        walker.looks[walker.number, box.key] = fresh.text("looks")
        return True
    return fresh.flag("checked")


def _reluctance(box: Control) -> tuple[bool, bool, int]:
    words = box.text("words")
    return bool(_OPTIONAL.search(words)), not box.flag("required"), box.size("top")
