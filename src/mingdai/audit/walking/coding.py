"""Ask for a one-time code, only where the identity has one to type."""

from __future__ import annotations

import re

from mingdai.audit.companies import bare_host
from mingdai.audit.visits import Press
from mingdai.audit.walking.handling import touch
from mingdai.audit.walking.scenes import Control, Scene
from mingdai.audit.walking.walker import Walker

CODE_BUTTON = re.compile(
    r"(获取|发送|点击|免费|重新|重发|收取|接收).{0,6}(验证码|校验码|动态码|短信|码)|^验证码$|send.*code|get.*code",
    re.IGNORECASE,
)
_MOST = 2


def code_button(scene: Scene) -> Control | None:
    """The button that sends a code, None where the page has none in reach."""
    found = [each for each in scene.reachable if CODE_BUTTON.search(each.text("text"))]
    found = [each for each in found if len(each.text("text")) <= 16 and not each.flag("disabled")]
    return found[0] if found else None


def ask_for_code(walker: Walker, scene: Scene) -> None:
    """Press it, at most twice on one page; what it sends is sent before consent."""
    button = code_button(scene)
    if button is None or walker.codes[walker.number] >= _MOST:
        return
    walker.codes[walker.number] += 1
    walker.settle(1500)
    walker.journal.press(Press(walker.number, walker.journal.clock(), button.text("text"), "code"))
    touch(button)
    host = bare_host(walker.page.url)
    walker.journal.step(walker.page, "press", f"pressed {button.text('text')} on {host}")
    walker.settle(1500)
    walker.journal.outcome("told", "")
