"""What a walk carries with it: the open tabs, the recorder, the journal, the person, the limits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Error, Page

from mingdai.audit.capturing import Recorder
from mingdai.audit.walking.explaining import Journal
from mingdai.audit.walking.persona import Persona
from mingdai.audit.walking.scenes import Scene
from mingdai.audit.walking.stirring import Stir, stir_of
from mingdai.audit.walking.surveying import survey

_QUIET_MS = 350
_STILL_MS = 140
_SOON_MS = 400
_STEP_MS = 70
_REST_STEP_MS = 120


@dataclass(frozen=True, slots=True)
class Limits:
    """How far and how long: hosts moved to, seconds, turns of the walk's loop."""

    hops: int = 8
    seconds: float = 300.0
    turns: int = 160


@dataclass(slots=True)
class Walker:
    """The state of one walk.  `effort` rises each time a page refuses to go on."""

    context: BrowserContext
    recorder: Recorder
    journal: Journal
    persona: Persona
    limits: Limits
    page: Page
    deadline: float
    stack: list[Page] = field(default_factory=list)
    done: set[tuple[int, str]] = field(default_factory=set)
    answered: dict[tuple[int, str], str] = field(default_factory=dict)
    pressed: Counter[tuple[int, str]] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    read: set[tuple[int, str]] = field(default_factory=set)
    effort: Counter[int] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    back: set[int] = field(default_factory=set)
    tried: Counter[str] = field(default_factory=Counter)

    looks: dict[tuple[int, str], str] = field(default_factory=dict)
    """How drawn boxes looked once ticked."""
    chosen_at: int = 0
    """The document in which the last thing done was a choice among answers."""

    @property
    def number(self) -> int:
        """The number of the document in front."""
        return self.recorder.number_of(self.page)

    def progressed(self) -> None:
        """Something new was filled or chosen here: the page may be asked as often as at first."""
        self.press_anew()
        if self.effort[self.number] > 1:
            self.effort[self.number] = 1

    def press_anew(self) -> None:
        """The page stands otherwise now: earlier presses on it say nothing any more."""
        for key in [each for each in self.pressed if each[0] == self.number]:
            del self.pressed[key]

    def scene(self) -> Scene:
        """Look at the tab in front."""
        return survey(self.page)

    def pause(self, milliseconds: float) -> None:
        """Let the page run; a closed tab needs no waiting."""
        try:
            self.page.wait_for_timeout(milliseconds)
        except Error:
            return

    def stir(self) -> Stir:
        """What the tab in front still means to do."""
        return stir_of(self.page, self.recorder)

    def rest(self, most_ms: float) -> None:
        """Wait for what the page means to do in that time; not at all where that is nothing."""
        waited = 0.0
        while waited < most_ms and self.stir().within(most_ms - waited):
            self.pause(_REST_STEP_MS)
            waited += _REST_STEP_MS

    def settle(self, most_ms: float = 4000) -> None:
        """Wait until the page has loaded and nothing was sent for a moment.

        The moment is shorter where the page has nothing under way and no timer about to go off.
        """
        try:
            self.page.wait_for_load_state("domcontentloaded", timeout=most_ms + 6000)
        except Error:
            return
        waited, quiet, count = 0.0, 0.0, len(self.recorder.seen)
        while waited < most_ms and quiet < _QUIET_MS:
            self.pause(_STEP_MS)
            waited, quiet = waited + _STEP_MS, quiet + _STEP_MS
            if len(self.recorder.seen) != count:
                count, quiet = len(self.recorder.seen), 0.0
            elif quiet == _STILL_MS and not self.stir().within(_SOON_MS):
                return

    def take_new_tab(self) -> bool:
        """Turn to the newest tab the flow opened, if there is one; the old one stays behind."""
        fresh = [each for each in self.recorder.new_tabs if not each.is_closed()]
        fresh = [each for each in fresh if each != self.page and each not in self.stack]
        if not fresh:
            return False
        self.stack += [self.page, *fresh[:-1]]
        self.page = fresh[-1]
        return True

    def go_back_to_tab(self) -> bool:
        """Turn to a tab left behind, its unload traffic observed; False where none is left."""
        while self.stack:
            older = self.stack.pop()
            if older.is_closed() or older == self.page:
                continue
            leave(self.page)
            self.page = older
            self.back.add(self.number)
            return True
        return False


def leave(page: Page) -> None:
    """Close a tab so that what it sends while unloading goes out first."""
    try:
        if page.url.startswith("http"):
            page.goto("about:blank", timeout=4000)
            page.wait_for_timeout(300)
        page.close()
    except Error:
        return
