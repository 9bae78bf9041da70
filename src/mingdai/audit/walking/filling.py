"""Fill in what the page asks for: planted values where they fit, plain answers where it must be.

Each planted value is typed key by key, the field is left, and the page gets a moment: what it
sends before any button is pressed is sent before consent.
"""

from __future__ import annotations

from mingdai.audit.walking.coding import ask_for_code
from mingdai.audit.walking.handling import is_gone, put, write, write_apart
from mingdai.audit.walking.persona import Value
from mingdai.audit.walking.recognising import called, recognise
from mingdai.audit.walking.roles import role_in_words
from mingdai.audit.walking.scenes import Control, Scene
from mingdai.audit.walking.walker import Walker

_LEFT_ALONE = {"bank_card", "captcha", "password", "invite", "qq", "wechat", "search"}
_ONLY_IF_NEEDED = {"contact_name", "contact_mobile", "contact_relation", "company", "birth"}


def fill(walker: Walker, scene: Scene) -> int:
    """Fill every reachable field of the scene; the number of fields touched."""
    touched = 0
    fields = [each for each in scene.controls if each.kind == "field"]
    apart = [each for each in fields if each.size("maxlength") == 1]
    for control in fields:
        if control in apart and len(apart) >= 4:
            continue
        touched += _fill_one(walker, scene, control)
    if len(apart) >= 4 and walker.persona.otp and not apart[0].text("value"):
        ask_for_code(walker, scene)
        if write_apart(apart, walker.page, walker.persona.otp):
            walker.journal.step(walker.page, "fill", "typed the one-time code, box by box")
            touched += 1
    return touched


def _fill_one(walker: Walker, scene: Scene, control: Control) -> int:
    role, source = recognise(control)
    walker.journal.ask(walker.page, control, role, (called(control), source))
    key = (walker.number, control.key)
    asked = f"{role}|{control.text('near')}"
    if control.flag("disabled") or not control.flag("reach"):
        return 0
    if key in walker.done and not _asks_anew(walker, control, asked):
        return 0
    if control.text("value").strip() and control.text("type") != "number":
        return 0
    value = _value(walker, control, role)
    if value is None or (not value.field and role in _offered(scene)):
        return 0
    walker.done.add(key)
    walker.answered[key] = asked
    if role == "code":
        ask_for_code(walker, scene)
    if value.field:
        walker.journal.type(walker.page, control, value.field, (role, source or "name"))
    if not _written(walker, control, value.text):
        return 0
    what = "with the planted value" if value.field else "with a plain answer"
    said = f"filled {called(control)} ({role or 'unknown'}) by {source or 'need'} {what}"
    walker.journal.step(walker.page, "fill", said)
    walker.pause(120)
    return 1


def _written(walker: Walker, control: Control, text: str) -> bool:
    """Type it; where the page drew the input anew meanwhile, the new one is made to hold it."""
    written = write(control, text)
    if not is_gone(control):
        return written
    fresh = next((each for each in walker.scene().controls if each.key == control.key), None)
    if fresh is None or "".join(fresh.text("value").split()) == text:
        return True
    return put(fresh, text)


def _offered(scene: Scene) -> set[str]:
    """The questions that come with answers to press: those need no typing."""
    rows = (each for each in scene.reachable if each.size("row") >= 2 and each.kind != "link")
    return {role_in_words(each.text("rowName")) for each in rows} - {"", "code", "password"}


def _asks_anew(walker: Walker, control: Control, asked: str) -> bool:
    """One input for many questions, as in a chat: emptied since, and another role is asked for."""
    last = walker.answered.get((walker.number, control.key), asked)
    fresh = asked.partition("|")[0]
    return last != asked and bool(fresh) and fresh != last.partition("|")[0]


def _value(walker: Walker, control: Control, role: str) -> Value | None:
    names = (control.text("name"), control.text("id"), control.text("model"))
    value = walker.persona.value_for(role, names)
    effort = walker.effort[walker.number]
    needed = control.flag("required") or effort > 0
    if value is not None and (value.field or role == "code"):
        return value
    if role in _LEFT_ALONE:
        return None
    if role in _ONLY_IF_NEEDED and not needed:
        return None
    if value is None and needed and role != "code":
        digits = control.text("type") == "number" or control.text("inputmode") == "numeric"
        return Value("", "1" if digits else "示例")
    return value
