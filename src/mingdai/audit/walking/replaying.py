"""Turn a recorded walk into a script, so that the same steps can be walked again.

The script names fields, labels and buttons, never a value: it can be walked with another identity.
Choices and one-time codes are left to the walker, which goes on where the script ends.
"""

from __future__ import annotations

import yaml

from mingdai.audit.visits import Typing, Visit
from mingdai.audit.walking.scripting import Script, ScriptStep


def script_of(visit: Visit) -> Script:
    """The fills, ticks and presses of a visit, in the order they were done."""
    rows: list[tuple[float, ScriptStep]] = []
    for typing in visit.typed:
        rows.append((typing.at, ScriptStep("fill", _label(visit, typing), typing.field)))
    for box in visit.boxes:
        if box.ticked_at is not None:
            rows.append((box.ticked_at, ScriptStep("tick", box.text[:12])))
    for press in visit.presses:
        if press.kind != "code":
            rows.append((press.at, ScriptStep("press", press.text)))
    return Script(tuple(step for _, step in sorted(rows, key=lambda row: row[0])))


def script_text(script: Script) -> str:
    """The script as YAML, as `scripting.read_script` takes it."""
    steps = []
    for step in script.steps:
        row = {step.verb: step.target}
        steps.append({**row, "with": step.value} if step.value else row)
    return str(yaml.safe_dump({"steps": steps}, allow_unicode=True, sort_keys=False))


def _label(visit: Visit, typing: Typing) -> str:
    """How the page called the input that was typed into."""
    asked = (a for a in visit.asked if a.page == typing.page and a.role == typing.role)
    found = next(asked, None)
    return found.label if found else typing.field
