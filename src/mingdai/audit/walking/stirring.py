"""Whether a page still means to do something by itself, so that waiting ends with its cause.

Counted in every frame (`listeners.js`): timers, drawing loops, animations that end, a refresh; by
the recorder: requests on their way, sockets, Refresh headers.  What cannot be asked counts as
stirring.  Not seen: what a SharedWorker or a server means to send later; so every wait keeps a
least length.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Error, Page

from mingdai.audit.capturing import Recorder

_ASK = "() => { const f = window[Symbol.for('mingdai.stirring')]; return f ? f() : null; }"
_MOST_FRAMES = 12
_UNDER_WAY_S = 8.0
_LONGEST_MS = 30_000.0


@dataclass(frozen=True, slots=True)
class Stir:
    """`due_ms`: how long until each timer that runs once; `busy`: anything without a known end."""

    due_ms: tuple[float, ...]
    busy: bool

    @property
    def still(self) -> bool:
        """Nothing is to come."""
        return not self.due_ms and not self.busy

    def within(self, milliseconds: float) -> bool:
        """Whether something may happen in that time."""
        return self.busy or any(each <= milliseconds for each in self.due_ms)

    def last(self, most_ms: float) -> float:
        """Milliseconds to the last timer due within `most_ms`, 0 where none is."""
        return max((each for each in self.due_ms if each <= most_ms), default=0.0)


def stir_of(page: Page, recorder: Recorder) -> Stir:
    """What the tab still means to do."""
    due: list[float] = []
    try:
        busy = bool(page.workers) or recorder.is_busy(page, _UNDER_WAY_S)
        for frame in page.frames[:_MOST_FRAMES]:
            told = frame.evaluate(_ASK)
            if told is None:
                return Stir((), busy=True)
            timers, repeats, refresh = told
            busy = busy or bool(repeats)
            due += [float(each) for each in timers if each <= _LONGEST_MS]
            due += [float(refresh) * 1000] if 0 <= refresh <= _LONGEST_MS / 1000 else []
    except Error:
        return Stir((), busy=True)
    return Stir(tuple(sorted(due)), busy)
