"""The walker's hands: touch one element the way a finger does, and never crash on a lost one."""

from __future__ import annotations

from playwright.sync_api import ElementHandle, Error, Page

from mingdai.audit.walking.scenes import Control, Look

_LEAVE = """e => { e.blur(); let a = document.activeElement;
  while (a && a.shadowRoot && a.shadowRoot.activeElement) a = a.shadowRoot.activeElement;
  if (a && a !== document.body && a.blur) a.blur(); }"""
"""Leave the input, or what the page put in its place while it was typed into."""
_KEY_DELAY_MS = 12
_TOUCH_MS = 1500


def element_of(look: Look, index: int) -> ElementHandle | None:
    """The element behind an index, None where the page has moved on."""
    try:
        return look.handle.evaluate_handle("(seen, i) => seen.elements[i]", index).as_element()
    except Error:
        return None


def touch(control: Control) -> bool:
    """Click it; where something lies over it, click through script.  False where it is gone.

    While the browser asks whether to open an app it drops all input: then, too, by script.
    """
    element = element_of(control.look, control.index)
    if element is None:
        return False
    before = _touches(control.look)
    try:
        element.click(timeout=_TOUCH_MS, no_wait_after=True)
    except Error:
        return _touch_by_script(element)
    if before >= 0 and _touches(control.look) == before:
        return _touch_by_script(element)
    return True


def _touches(look: Look) -> int:
    """How often a finger came down in that document, -1 where it cannot be said."""
    try:
        told = look.handle.evaluate("() => window[Symbol.for('mingdai.touches')] ?? -1")
    except Error:
        return -1
    return int(told)


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
        element.evaluate(_LEAVE)
    except Error:
        return False
    return True


def is_gone(control: Control) -> bool:
    """Whether the page has taken the element away, as one that draws itself anew at every key."""
    element = element_of(control.look, control.index)
    try:
        return element is None or not element.evaluate("e => e.isConnected")
    except Error:
        return True


def put(control: Control, text: str) -> bool:
    """Write it at once, for inputs that do not outlive a key; and leave the field."""
    element = element_of(control.look, control.index)
    if element is None:
        return False
    try:
        element.focus()
        element.fill(text, timeout=_TOUCH_MS)
        control.look.handle.evaluate(_LEAVE.replace("e.blur(); ", ""))
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


def slide(control: Control, page: Page) -> bool:
    """Move a slider one notch by key; one that knows no keys is dragged to its middle."""
    element = element_of(control.look, control.index)
    if element is None:
        return False
    stand = "e => String(e.value ?? '') + (e.getAttribute('aria-valuenow') || '') + e.style.cssText"
    try:
        past = element.evaluate(stand)
        element.evaluate("e => e.focus()")
        page.keyboard.press("ArrowRight")
        if element.evaluate(stand) == past:
            _drag(element, page)
    except Error:
        return False
    return True


def _drag(element: ElementHandle, page: Page) -> None:
    """From where the thumb is to the middle of the track it runs in."""
    element.scroll_into_view_if_needed(timeout=_TOUCH_MS)
    thumb = element.bounding_box()
    script = "e => { const b = e.parentElement.getBoundingClientRect(); return [b.left, b.width]; }"
    left, width = element.evaluate(script)
    if thumb is None:
        return
    y = thumb["y"] + thumb["height"] / 2
    page.mouse.move(thumb["x"] + thumb["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(left + width * 0.3, y, steps=4)
    page.mouse.move(left + width * 0.5, y, steps=4)
    page.mouse.up()


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
