"""Open what opens by a press: pickers of one or more columns, and keypads drawn by the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingdai.audit.walking.handling import touch
from mingdai.audit.walking.persona import Value
from mingdai.audit.walking.preferring import (
    ACCEPT,
    NO_CHOICE,
    best_choice,
    first_time,
    own_answer,
    told,
)
from mingdai.audit.walking.recognising import called, recognise
from mingdai.audit.walking.roles import PLANTABLE, role_in_words
from mingdai.audit.walking.scenes import Control, Scene
from mingdai.audit.walking.walker import Walker

_COLUMNS = 5
_DIGITS = 10


def pick(walker: Walker, scene: Scene, control: Control) -> int:
    """Open it, then take an entry of each column and accept, or press the keys of a keypad."""
    role, source = recognise(control)
    stands = control.text("value").strip()
    if stands and not NO_CHOICE.search(stands) and not role_in_words(stands):
        return 0
    if not first_time(walker, control, role, source) or not touch(control):
        return 0
    walker.pause(250)
    value = walker.persona.value_for(role)
    keys = _keypad(walker.scene())
    if keys:
        return _press_keys(walker, control, keys, value) if value else 0
    before = {_place(each) for each in scene.buttons}
    picked = "" if role in PLANTABLE - {"address"} else _pick_columns(walker, control, role, before)
    _accept(walker, before)
    return told(walker, called(control), picked, source) if picked else 0


def _pick_columns(
    walker: Walker, control: Control, role: str, before: set[tuple[str, int, bool]]
) -> str:
    own, picked = own_answer(walker, role), ""
    for _ in range(_COLUMNS):
        look = walker.scene()
        if _is_chosen(control, look):
            break
        entries = [each for each in look.reachable if _place(each) not in before]
        entries = [each for each in entries if _is_entry(each)]
        entries = [each for each in entries if each.flag("option")] or entries
        chosen = best_choice([each.text("text") for each in entries], role, own)
        if chosen < 0:
            break
        before |= {_place(each) for each in entries}
        touch(entries[chosen])
        picked = entries[chosen].text("text")
        walker.pause(250)
    return picked


def _is_chosen(control: Control, look: Scene) -> bool:
    """Whether the picker shows an answer now, and not just what it asks for."""
    fresh = [each.text("value") for each in look.controls if each.key == control.key]
    return any(value and value != control.text("value") for value in fresh)


def _keypad(scene: Scene) -> dict[str, Control]:
    """The ten digit keys of a keypad the page draws itself, {} where there is none."""
    keys = {each.text("text"): each for each in scene.reachable if _is_digit(each.text("text"))}
    return keys if len(keys) == _DIGITS else {}


def _is_digit(text: str) -> bool:
    return len(text) == 1 and text in "0123456789"


def _press_keys(walker: Walker, control: Control, keys: dict[str, Control], value: Value) -> int:
    if any(each not in keys for each in value.text):
        return 0
    role, source = recognise(control)
    if value.field:
        walker.journal.type(walker.page, control, value.field, (role, source))
    for each in value.text:
        touch(keys[each])
    accepts = [each for each in walker.scene().reachable if ACCEPT.search(each.text("text"))]
    if accepts:
        touch(accepts[0])
    said = f"filled {called(control)} ({role}) by {source}, on the page's own keypad"
    walker.journal.step(walker.page, "fill", said)
    walker.pause(150)
    return 1


def _is_entry(button: Control) -> bool:
    text = button.text("text")
    return not (ACCEPT.search(text) or button.text("href") or "《" in text or len(text) > 24)


def _accept(walker: Walker, before: Iterable[tuple[str, int, bool]]) -> None:
    scene = walker.scene()
    accepts: Sequence[Control] = [e for e in scene.reachable if ACCEPT.search(e.text("text"))]
    if accepts and (scene.cover or any(_place(each) not in before for each in accepts)):
        touch(accepts[0])
        walker.pause(150)


def _place(control: Control) -> tuple[str, int, bool]:
    return control.text("text"), control.look.number, control.flag("modal")
