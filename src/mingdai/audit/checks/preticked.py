"""Consent boxes that stood ticked, or ticked themselves, before the visitor touched them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import PIPL_5, PIPL_14
from mingdai.audit.visits import Box, PageView

RULE = Rule(
    "preticked_consent",
    Said(
        "同意框默认不勾选，也不由脚本勾选；由用户自己点。",
        "Leave every consent box empty, and let no script tick it: the visitor does.",
    ),
    (PIPL_14, PIPL_5),
    dark_pattern="preticked_consent",
)
_DRAWN = re.compile(r"[☑✅✓✔√]\s*(?:我|本人)?(?:已)?(?:阅读|同意|知晓)")
_DEFAULT = re.compile(
    r"(?<!不)(?:默认|自动)(?:视为)?(?:已)?(?:为您)?(?:勾选|同意|授权)(?!.{0,6}(?:不|未))"
)
_NOT_DEFAULT = re.compile(r"(?:不|非|未|取消)[^，。；\n]{0,6}(?:默认|自动)(?:勾选|同意)")


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each box, or for each page that says it took consent for granted."""
    found: set[int] = set()
    for box in matter.visit.boxes:
        if _stood_ticked(matter, box):
            found.add(box.page)
            how, how_en = ("打开时已勾选", "stood ticked when the page opened")
            if not box.preticked:
                how, how_en = ("未经触碰自行勾选", "ticked itself")
            said = Said(
                f"同意框{how}：“{box.text[:60]}”。", f"A consent box {how_en}: box {box.number}."
            )
            yield Remark(RULE, said, (matter.page_ref(box.page), *matter.pictures(box.page)))
    for view in matter.visit.pages:
        words = "" if view.number in found else _says_so(matter, view)
        if words:
            said = Said(
                f"页面默认用户已同意：“{words[:60]}”。", "The page takes consent for granted."
            )
            yield Remark(RULE, said, (matter.page_ref(view.number), *matter.pictures(view.number)))


def _stood_ticked(matter: Matter, box: Box) -> bool:
    """A box that an earlier press of 同意 on the page may have ticked is not held against it."""
    if box.self_ticked_at is not None:
        return True
    agreed = [
        press
        for press in matter.visit.presses
        if press.page == box.page and press.at < box.at and press.kind == "agree"
    ]
    return box.preticked and not agreed


def _says_so(matter: Matter, view: PageView) -> str:
    """A tick drawn as text beside words of consent, at first sight, or words that say as much."""
    first = view.texts[0] if view.texts else view.text
    boxes = any(box.page == view.number for box in matter.visit.boxes)
    for line in first.splitlines():
        drawn = _DRAWN.search(line) and not boxes and not _agreed_before(matter, view)
        if drawn or (_DEFAULT.search(line) and not _NOT_DEFAULT.search(line)):
            return line.strip()
    return ""


def _agreed_before(matter: Matter, view: PageView) -> bool:
    return any(box.ticked_at and box.ticked_at < view.at for box in matter.visit.boxes)
