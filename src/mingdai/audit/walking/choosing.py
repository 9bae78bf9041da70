"""Choose where the page offers choices: selects, radios, rows of chips, pickers, sliders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mingdai.audit.walking.handling import select, slide, touch, touch_left_edge
from mingdai.audit.walking.recognising import called, recognise
from mingdai.audit.walking.roles import role_in_words
from mingdai.audit.walking.scenes import Control, Scene
from mingdai.audit.walking.walker import Walker

_NO_CHOICE = re.compile(
    r"^(请选择|选择|--|全部|请点击)|取消|返回|关闭|please select|^$", re.IGNORECASE
)
_LIKED = {
    "house": r"^无|无房|没有|否|none|no\b",
    "car": r"^无|无车|没有|否|none|no\b",
    "overdue": r"无|没有|良好|否|正常|no\b",
    "credit_card": r"有|是|yes",
    "social": r"有|是|yes",
    "fund": r"有|是|yes",
    "job": r"上班|工薪|员工|企业|白领|employee",
    "education": r"本科|大专|大学|bachelor",
    "marriage": r"未婚|single",
    "gender": r"男|male",
    "income": r"5000|8000|1万|10000",
    "contact_relation": r"朋友|同事|其他|friend",
}
_ACCEPT = re.compile(r"^(确定|确认|完成|好的?|选好了|OK|done|confirm)$", re.IGNORECASE)
_CHOICE_ROLES = {*_LIKED, "age", "term", "purpose", "amount", "city", "insurance", "credit_score"}
_COLUMNS = 4


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
            made += _pick(walker, scene, control)
    return made + _radios(walker, scene) + _chips(walker, scene)


def best_choice(texts: Sequence[str], role: str, own: str = "") -> int:
    """Which of the texts this person takes; -1 where none is a choice."""
    open_ones = [n for n, text in enumerate(texts) if not _NO_CHOICE.search(text.strip())]
    if own:
        for number in open_ones:
            if own == texts[number] or own in texts[number] or _within(own, texts[number]):
                return number
    liked = _LIKED.get(role)
    for number in open_ones:
        if liked and re.search(liked, texts[number], re.IGNORECASE):
            return number
    return open_ones[0] if open_ones else -1


def _within(own: str, text: str) -> bool:
    """Whether an amount lies in a band such as 5000-10000 or 5千-1万."""
    if not own.isdigit():
        return False
    spelled = re.sub(r"(\d+(?:\.\d+)?)万", lambda m: str(int(float(m[1]) * 10000)), text)
    spelled = re.sub(r"(\d+)[千kK]", lambda m: str(int(m[1]) * 1000), spelled)
    ends = [int(each) for each in re.findall(r"\d+", spelled)]
    if len(ends) == 2:
        return ends[0] <= int(own) <= ends[1]
    if len(ends) == 1 and re.search(r"以上|>|\+", text):
        return int(own) >= ends[0]
    return len(ends) == 1 and bool(re.search(r"以下|<|内", text)) and int(own) <= ends[0]


def _own(walker: Walker, role: str) -> str:
    value = walker.persona.value_for(role) if role else None
    return value.text if value else ""


def _first_time(walker: Walker, control: Control, role: str, source: str) -> bool:
    walker.journal.ask(walker.page, control, role, (called(control), source))
    key = (walker.number, control.key)
    fresh = key not in walker.done
    walker.done.add(key)
    return fresh


def _told(walker: Walker, what: str, choice: str, source: str) -> int:
    said = f"chose {choice[:20]} for {what}" + (f" by {source}" if source else "")
    walker.journal.step(walker.page, "choose", said)
    walker.pause(100)
    return 1


def _select(walker: Walker, control: Control) -> int:
    role, source = recognise(control)
    if not _first_time(walker, control, role, source):
        return 0
    options = [each for each in control.facts["options"] if not each["disabled"]]
    current = control.text("value")
    stands = any(o["value"] == current and not _NO_CHOICE.search(o["text"]) for o in options)
    if current and stands and options[0]["value"] != current:
        return 0
    options = [each for each in options if each["value"] or not _NO_CHOICE.search(each["text"])]
    chosen = best_choice([each["text"] for each in options], role, _own(walker, role))
    if chosen < 0:
        walker.done.discard((walker.number, control.key))
        return 0
    if not select(control, options[chosen]["value"]):
        return 0
    return _told(walker, called(control), options[chosen]["text"], source)


def _slide(walker: Walker, control: Control) -> int:
    role, source = recognise(control)
    if not _first_time(walker, control, role, source) or not slide(control):
        return 0
    return _told(walker, called(control), "a notch up", source)


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
        if not _first_time(walker, group[0], role, source):
            continue
        texts = [each.text("label") or each.text("near") for each in group]
        chosen = max(best_choice(texts, role, _own(walker, role)), 0)
        if _take(group[chosen]):
            made += _told(walker, called(group[0]), texts[chosen], source)
    return made


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
    if role not in _CHOICE_ROLES or any(each.flag("chosen") for each in row):
        return 0
    if any(_ACCEPT.search(text) for text in texts):
        return 0
    key = (walker.number, f"chips|{name}|{texts[0]}")
    if key in walker.done:
        return 0
    walker.done.add(key)
    walker.journal.ask(walker.page, row[0], role, (name, "near"))
    chosen = best_choice(texts, role, _own(walker, role))
    if chosen < 0 or not touch(row[chosen]):
        return 0
    return _told(walker, name, texts[chosen], "near")


def _pick(walker: Walker, scene: Scene, control: Control) -> int:
    """Open a picker, take the first sensible entry of each column, and accept."""
    role, source = recognise(control)
    if control.text("value").strip() and not _NO_CHOICE.search(control.text("value")):
        return 0
    if not _first_time(walker, control, role, source) or not touch(control):
        return 0
    before = {_place(each) for each in scene.buttons}
    own, picked = _own(walker, role), ""
    for _ in range(_COLUMNS):
        walker.pause(250)
        look = walker.scene()
        if any(each.key == control.key and each.text("value") for each in look.controls):
            break
        entries = [each for each in look.reachable if _place(each) not in before]
        entries = [each for each in entries if _is_entry(each)]
        chosen = best_choice([each.text("text") for each in entries], role, own)
        if chosen < 0:
            break
        before |= {_place(each) for each in entries}
        touch(entries[chosen])
        picked = entries[chosen].text("text")
    _accept(walker, before)
    return _told(walker, called(control), picked or "nothing", source)


def _is_entry(button: Control) -> bool:
    text = button.text("text")
    return not (_ACCEPT.search(text) or button.text("href") or "《" in text or len(text) > 24)


def _accept(walker: Walker, before: Iterable[tuple[str, int, bool]]) -> None:
    scene = walker.scene()
    accepts = [each for each in scene.reachable if _ACCEPT.search(each.text("text"))]
    if accepts and (scene.cover or any(_place(each) not in before for each in accepts)):
        touch(accepts[0])
        walker.pause(150)


def _place(control: Control) -> tuple[str, int, bool]:
    return control.text("text"), control.look.number, control.flag("modal")
