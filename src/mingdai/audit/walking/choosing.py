"""Choose where the page offers choices: selects, radios, rows of chips, pickers, sliders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingdai.audit.walking.handling import select, slide, touch, touch_left_edge
from mingdai.audit.walking.picking import pick
from mingdai.audit.walking.preferring import (
    ACCEPT,
    CHOICE_ROLES,
    NO_CHOICE,
    best_choice,
    first_time,
    own_answer,
    told,
)
from mingdai.audit.walking.pressing import invites
from mingdai.audit.walking.recognising import called, recognise
from mingdai.audit.walking.roles import role_in_words
from mingdai.audit.walking.scenes import Control, Scene
from mingdai.audit.walking.walker import Walker

_QUESTION = re.compile(r"[？?]|是否|有没有|哪|什么|多少|多久|请选择|情况|类型|方式|身份|目前")
_CONSENTS = re.compile(r"同意|授权|接受|agree|accept", re.IGNORECASE)
_REFUSES = re.compile(r"不(同意|授权|接受)|拒绝|disagree|decline|reject", re.IGNORECASE)
_PLACES = re.compile(r"^(首页|我的|消息|借款|还款|发现|客服|帮助|个人中心|发送)$|《|^[×✕xX]$")
_PUZZLE = re.compile(r"拖动|滑块|验证|拼图|向右滑")
_LEADS_ON = 56


def choose(walker: Walker, scene: Scene) -> int:
    """Make every choice still open; the number of choices made."""
    made = 0
    for control in scene.controls:
        if not control.flag("reach") or control.flag("disabled"):
            continue
        if control.kind == "select":
            made += _select(walker, control)
        elif control.kind == "range":
            made += _slide(walker, control)
        elif control.kind == "picker":
            made += pick(walker, scene, control)
    return made + _radios(walker, scene) + _chips(walker, scene)


def _select(walker: Walker, control: Control) -> int:
    role, source = recognise(control)
    if not first_time(walker, control, role, source):
        return 0
    options = [each for each in control.facts["options"] if not each["disabled"]]
    current = control.text("value")
    stands = any(o["value"] == current and not NO_CHOICE.search(o["text"]) for o in options)
    if current and stands and options[0]["value"] != current:
        return 0
    options = [each for each in options if each["value"] or not NO_CHOICE.search(each["text"])]
    chosen = best_choice([each["text"] for each in options], role, own_answer(walker, role))
    if chosen < 0:
        walker.done.discard((walker.number, control.key))
        return 0
    if not select(control, options[chosen]["value"]):
        return 0
    return told(walker, called(control), options[chosen]["text"], source)


def _slide(walker: Walker, control: Control) -> int:
    role, source = recognise(control)
    if _PUZZLE.search(control.text("label") + control.text("near")):
        return 0
    if not first_time(walker, control, role, source) or not slide(control, walker.page):
        return 0
    return told(walker, called(control), "a notch up", source)


def _radios(walker: Walker, scene: Scene) -> int:
    groups: dict[tuple[int, str], list[Control]] = {}
    for control in scene.controls:
        if control.kind == "radio" and control.flag("reach"):
            name = control.text("name") or control.text("group") or str(control.size("top"))
            groups.setdefault((control.look.number, name), []).append(control)
    made = 0
    for group in groups.values():
        role, source = recognise(group[0])
        if any(each.flag("checked") for each in group):
            continue
        texts = [each.text("label") or each.text("near") for each in group]
        yes = _consent_among(texts)
        if yes >= 0 and not walker.effort[walker.number]:
            continue
        if not first_time(walker, group[0], role, source):
            continue
        chosen = yes if yes >= 0 else max(best_choice(texts, role, own_answer(walker, role)), 0)
        if _take(group[chosen]):
            made += told(walker, called(group[0]), texts[chosen], source)
    return made


def _consent_among(texts: Sequence[str]) -> int:
    """Which of two answers consents, the other one refusing; -1 where the choice is another."""
    refuses = [bool(_REFUSES.search(each)) for each in texts]
    consents = [n for n, each in enumerate(texts) if _CONSENTS.search(each) and not refuses[n]]
    return consents[0] if consents and any(refuses) else -1


def _take(control: Control) -> bool:
    return touch(control) if control.flag("shown") else touch_left_edge(control)


def _chips(walker: Walker, scene: Scene) -> int:
    """Rows of short clickable texts under a question: 有房 / 无房."""
    rows: dict[tuple[int, int], list[Control]] = {}
    for button in scene.reachable:
        short = 0 < len(button.text("text")) <= 14
        if short and button.size("row") >= 2 and button.kind != "link":
            rows.setdefault((button.look.number, button.size("rowKey")), []).append(button)
    return sum(_chip_row(walker, row) for row in rows.values() if len(row) >= 2)


def _chip_row(walker: Walker, row: list[Control]) -> int:
    name = row[0].text("rowName")
    role = role_in_words(name)
    texts = [each.text("text") for each in row]
    if any(each.flag("chosen") for each in row) or any(ACCEPT.search(text) for text in texts):
        return 0
    if role not in CHOICE_ROLES and not _is_question(walker, name, texts):
        return 0
    key = (walker.number, f"chips|{name}|{texts[0]}")
    if key in walker.done:
        return 0
    walker.done.add(key)
    walker.journal.ask(walker.page, row[0], role, (name, "near"))
    chosen = best_choice(texts, role, own_answer(walker, role))
    if chosen < 0 or not touch(row[chosen]):
        return 0
    walker.chosen_at = walker.number
    return told(walker, name, texts[chosen], "near")


def _is_question(walker: Walker, name: str, texts: Sequence[str]) -> bool:
    """Words that ask, or a row that came up after the choice before: none leads on or away."""
    key = f"row|{walker.number}|{'|'.join(texts)}"
    walker.tried[key] += 1
    if any(_PLACES.search(text) or invites(text) >= _LEADS_ON for text in texts):
        return False
    follows = walker.chosen_at == walker.number and walker.tried[key] == 1
    return follows or bool(_QUESTION.search(name))
