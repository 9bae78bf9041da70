"""The walker's hands: touch one element the way a finger does, and never crash on a lost one."""

from __future__ import annotations

from playwright.sync_api import ElementHandle, Error, Page

from mingdai.audit.walking.scenes import Control, Look

_KEY_DELAY_MS = 12
_TOUCH_MS = 1500


def element_of(look: Look, index: int) -> ElementHandle | None:
    """The element behind an index, None where the page has moved on."""
    try:
        return look.handle.evaluate_handle("(seen, i) => seen.elements[i]", index).as_element()
    except Error:
        return None


def touch(control: Control) -> bool:
    """Click it; where something lies over it, click through script.  False where it is gone."""
    element = element_of(control.look, control.index)
    if element is None:
        return False
    try:
        element.click(timeout=_TOUCH_MS, no_wait_after=True)
    except Error:
        return _touch_by_script(element)
    return True


def touch_left_edge(control: Control) -> bool:
    """Click near the left edge: on a line with links, that is where the box is."""
    element = element_of(control.look, control.index)
    if element is None:
        return False
    try:
        box = element.bounding_box()
        place = {"x": 6.0, "y": (box["height"] if box else 12) / 2}
        element.click(timeout=_TOUCH_MS, position={"x": place["x"], "y": place["y"]})
    except Error:
        return _touch_by_script(element)
    return True


def write(control: Control, text: str) -> bool:
    """Type into it key by key and leave the field; False where the value did not stay."""
    element = element_of(control.look, control.index)
    if element is None:
        return False
    try:
        element.scroll_into_view_if_needed(timeout=_TOUCH_MS)
        element.focus()
        if control.text("type") in {"date", "month", "time", "datetime-local"}:
            element.fill(text)
        else:
            element.evaluate("e => { if (e.select) e.select(); }")
            element.type(text, delay=_KEY_DELAY_MS)
        kept = str(element.evaluate("e => 'value' in e ? e.value : e.innerText"))
        if not kept.strip():
            element.fill(text)
        element.evaluate("e => e.blur()")
    except Error:
        return False
    return True


def write_apart(controls: list[Control], page: Page, text: str) -> bool:
    """Type a code into a row of one-character boxes."""
    element = element_of(controls[0].look, controls[0].index)
    if element is None:
        return False
    try:
        element.focus()
        page.keyboard.type(text, delay=40)
        values = [
            element_of(each.look, each.index).input_value()  # type: ignore[union-attr]
            for each in controls
        ]
    except (Error, AttributeError):
        return True
    if "".join(values) != text:
        for each, character in zip(controls, text, strict=False):
            write(each, character)
    return True


def select(control: Control, value: str) -> bool:
    """Choose an option of a select by its value."""
    element = element_of(control.look, control.index)
    if element is None:
        return False
    try:
        element.select_option(value=value, timeout=_TOUCH_MS)
    except Error:
        return False
    return True


def slide(control: Control) -> bool:
    """Move a slider one notch, as a finger would before going on."""
    element = element_of(control.look, control.index)
    if element is None:
        return False
    try:
        element.focus()
        element.press("ArrowRight")
    except Error:
        return False
    return True


def scroll_down(look: Look, index: int) -> None:
    """Scroll a box inside the page to its end, as one who reads to the end."""
    element = element_of(look, index)
    if element is not None:
        try:
            element.evaluate(
                "e => { e.scrollTop = e.scrollHeight; e.dispatchEvent(new Event('scroll')); }"
            )
        except Error:
            return


def is_ticked(control: Control) -> bool:
    """Whether a box stands ticked now."""
    element = element_of(control.look, control.index)
    if element is None:
        return False
    script = """e => !!(e.checked || e.getAttribute('aria-checked') === 'true'
      || e.dataset.checked === 'true' || /(^|[-_ ])(checked|active|selected|on|ticked|is-checked)
      ($|[-_ ])/.test((e.getAttribute('class') || '') + ' '
      + ((e.parentElement && e.parentElement.getAttribute('class')) || ''))
      || /[✓✔√☑●◉]/.test(e.textContent || ''))"""
    try:
        return bool(element.evaluate(script.replace("\n      ", "")))
    except Error:
        return False


def _touch_by_script(element: ElementHandle) -> bool:
    try:
        element.evaluate("e => e.click()")
    except Error:
        return False
    return True
