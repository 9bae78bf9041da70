"""Steps written by a person, for pages where the walker's own sense fails.

A script is YAML: `{steps: [{fill: 手机号, with: mobile}, {press: 立即申请}, …]}`.  `fill`,
`choose`, `tick` and `press` find their element by the words a person sees, or by `css:…`.  `with`
names a field of the identity, so that a script holds no values.  After the last step the walker
goes on by itself, unless the script ends with `stop`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Error, Locator

from mingdai.audit.companies import bare_host
from mingdai.audit.visits import Press, Stop, Typing
from mingdai.audit.walking.handling import write
from mingdai.audit.walking.recognising import called
from mingdai.audit.walking.scenes import Control
from mingdai.audit.walking.stopping import stop
from mingdai.audit.walking.ticking import consent_boxes, unticked
from mingdai.audit.walking.walker import Walker
from mingdai.errors import Invalid

VERBS = ("fill", "choose", "tick", "press", "wait", "stop")


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """One verb, what it is done to, and with what: a field's name or a choice's text."""

    verb: str
    target: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """The steps in order."""

    steps: tuple[ScriptStep, ...]


def read_script(path: Path) -> Script:
    """Read a script; raises Invalid where it is none."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise Invalid(
            code="script.file", reason=f"{path.name} cannot be read", field="script"
        ) from error
    return parse_script(document)


def parse_script(document: object) -> Script:
    """The script of a YAML object; raises Invalid for a step that is none."""
    rows = document.get("steps") if isinstance(document, Mapping) else None
    if not isinstance(rows, list):
        raise Invalid(code="script.steps", reason="a script holds a list `steps`", field="script")
    return Script(tuple(_step(row, number) for number, row in enumerate(rows, start=1)))


def _step(row: object, number: int) -> ScriptStep:
    verbs = [each for each in VERBS if isinstance(row, Mapping) and each in row]
    if len(verbs) != 1 or not isinstance(row, Mapping):
        raise Invalid(
            code="script.step",
            reason=f"step {number} needs exactly one of {', '.join(VERBS)}",
            field="script",
        )
    return ScriptStep(verbs[0], str(row[verbs[0]]), str(row.get("with", "")))


def run_script(walker: Walker, script: Script) -> Stop | None:
    """Do the steps; a stop only where the script says so.  A step that fails is told and passed."""
    for step in script.steps:
        if step.verb == "stop":
            return stop("script")
        walker.settle(1500)
        walker.take_new_tab()
        scene = walker.scene()
        walker.journal.look(walker.page, scene)
        consent_boxes(walker, scene)
        try:
            _DOERS[step.verb](walker, step)
            walker.journal.step(walker.page, step.verb, f"{step.verb} {step.target} by script")
        except Error:
            walker.journal.step(walker.page, step.verb, f"{step.verb} {step.target}: not found")
    return None


def _field(walker: Walker, target: str) -> Locator:
    if target.startswith("css:"):
        return walker.page.locator(target.removeprefix("css:").strip()).first
    by_words = walker.page.get_by_label(target).or_(walker.page.get_by_placeholder(target))
    return by_words.first


def _fill(walker: Walker, step: ScriptStep) -> None:
    value = walker.persona.by_name.get(step.value.lower())
    text = value.text if value else step.value
    control = _called(walker, step.target)
    found = None if control else _field(walker, step.target)
    if found is not None:
        found.wait_for(timeout=3000)
    if value is not None:
        host, number = bare_host(walker.page.url), walker.number
        frame = bare_host(control.look.url) if control else host
        at = walker.journal.clock()
        walker.journal.typed.append(Typing(value.field, "", number, at, host, frame, "script"))
    if control is not None:
        write(control, text)
    elif found is not None:
        found.fill(text)
        found.blur()
    walker.settle(900)


def _called(walker: Walker, target: str) -> Control | None:
    """The input the page calls so, by whatever words the walk itself would know it."""
    fields = [each for each in walker.scene().controls if each.kind == "field"]
    named = [each for each in fields if each.flag("reach") and called(each) == target]
    return named[0] if named else None


def _choose(walker: Walker, step: ScriptStep) -> None:
    _field(walker, step.target).select_option(label=step.value, timeout=3000)


def _tick(walker: Walker, step: ScriptStep) -> None:
    walker.page.get_by_text(step.target).first.click(timeout=3000, position={"x": 5, "y": 8})
    for box in consent_boxes(walker, walker.scene()):
        if box.flag("checked"):
            walker.journal.ticked(walker.journal.box(walker.page, box))


def _press(walker: Walker, step: ScriptStep) -> None:
    found = walker.page.get_by_text(step.target).first
    if step.target.startswith("css:"):
        found = _field(walker, step.target)
    found.wait_for(timeout=3000)
    boxes = unticked(walker, walker.scene())
    at = walker.journal.clock()
    walker.journal.press(Press(walker.number, at, step.target, "submit", unticked=boxes))
    found.click(timeout=3000)
    walker.settle(2500)


def _wait(walker: Walker, step: ScriptStep) -> None:
    walker.pause(float(step.target) * 1000)


_DOERS = {"fill": _fill, "choose": _choose, "tick": _tick, "press": _press, "wait": _wait}
