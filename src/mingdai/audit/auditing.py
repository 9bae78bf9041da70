"""One audit of one flow: browser, walk, agreements, net log, and the visit they make together.

The first tab, the whole walk and the reading of agreements happen in one browser, one tab at a
time.  The net log is complete only once the browser has closed, so the visit is built after that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser

from mingdai.audit.browsing import Browsing, open_browser, open_context, user_agent
from mingdai.audit.capturing import Recorder
from mingdai.audit.companies import bare_host
from mingdai.audit.downloading import keep_downloads
from mingdai.audit.merging import merge
from mingdai.audit.moving import hops_of, how_opened
from mingdai.audit.visits import PageView, Stop, Visit
from mingdai.audit.walking.explaining import Journal
from mingdai.audit.walking.guarding import Guard
from mingdai.audit.walking.persona import persona_of
from mingdai.audit.walking.reading import read_agreements
from mingdai.audit.walking.scripting import Script, run_script
from mingdai.audit.walking.walker import Limits, Walker, leave
from mingdai.audit.walking.walking import open_start, walk
from mingdai.audit.wiretap.netlog import NetLog, read_netlog

_LAST_LOOK_MS = 1500
_LEAST_LAST_LOOK_MS = 300


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be audited, with whose values, how far, and by whose leave."""

    url: str
    identity: Mapping[str, object]
    folder: Path
    guard: Guard
    limits: Limits
    rules: str = ""
    script: Script | None = None


def audit_flow(order: Order, *, clock: Callable[[], float], say: Callable[[str], None]) -> Visit:
    """Walk the flow and return everything seen; `clock` gives seconds since 1970.

    The order must have passed `guarding.refuse_start`.  Raises Unavailable without a browser.
    """
    closed = order.guard.authority is None
    netlog = order.folder / "netlog.json"
    began = clock()
    with open_browser(Browsing(order.rules, netlog, closed)) as browser:
        walker = _walker(browser, order, clock, say)
        reason = _walk(walker, order)
        visit = _told(walker, order, began, reason)
        visit = replace(visit, user_agent=user_agent(browser), ended_at=clock())
        reading = Recorder(open_context(browser, closed=closed), clock, order.guard)
        reading.purpose = "reading"
        reading.listen()
        visit = replace(
            visit, agreements=read_agreements(visit, reading.context, reading, order.guard)
        )
    return _completed(visit, walker, reading, read_netlog(netlog))


def _walker(
    browser: Browser, order: Order, clock: Callable[[], float], say: Callable[[str], None]
) -> Walker:
    context = open_context(browser, closed=order.guard.authority is None)
    recorder = Recorder(context, clock, order.guard)
    recorder.listen()
    page = context.new_page()
    persona = persona_of(order.identity)
    hide = tuple((each.text, each.field) for each in persona.by_name.values() if each.text)
    return Walker(
        context,
        recorder,
        Journal(clock, order.folder, recorder, say, hide),
        persona,
        order.limits,
        page,
        clock() + order.limits.seconds,
    )


def _walk(walker: Walker, order: Order) -> Stop:
    """The walk, then a last look, and every tab left so that its unload traffic is seen."""
    reason = open_start(walker, order.url)
    if reason is None and order.script is not None:
        reason = run_script(walker, order.script)
    if reason is None:
        reason = walk(walker)
    walker.pause(_LEAST_LAST_LOOK_MS)
    walker.rest(_LAST_LOOK_MS - _LEAST_LAST_LOOK_MS)
    walker.journal.look(walker.page, walker.scene())
    walker.journal.downloads += keep_downloads(walker.recorder, order.folder)
    for page in list(walker.context.pages):
        leave(page)
    return reason


def _told(walker: Walker, order: Order, began: float, reason: Stop) -> Visit:
    journal, recorder = walker.journal, walker.recorder
    return Visit(
        start_url=order.url,
        started_at=began,
        ended_at=began,
        user_agent="",
        stop=reason,
        pages=tuple(_views(walker)),
        steps=tuple(journal.steps),
        asked=tuple(journal.asked.values()),
        typed=tuple(journal.typed),
        boxes=tuple(journal.boxes),
        presses=tuple(journal.presses),
        agreements=tuple(journal.agreements),
        downloads=tuple(journal.downloads),
        app_links=tuple(recorder.app_links),
        dialogs=tuple(recorder.dialogs),
        console=tuple(recorder.console),
        allowed=order.guard.allowed,
    )


def _views(walker: Walker) -> list[PageView]:
    """A view for each document, also for those that were gone before they could be looked at."""
    hops = hops_of(walker.recorder.seen, walker.recorder.intents, walker.journal.presses)
    views = []
    for each in walker.recorder.documents:
        blank = PageView(each.number, each.at, each.url, bare_host(each.url), "", "")
        view = walker.journal.views.get(each.number, blank)
        how = how_opened(each.url, each.at, hops, walker.recorder.intents)
        views.append(replace(view, how=how))
    return views


def _completed(visit: Visit, walker: Walker, reading: Recorder, log: NetLog) -> Visit:
    recorder = walker.recorder
    exchanges, answers = merge(log, [*recorder.seen, *reading.seen], recorder.documents)
    unseen = []
    if recorder.seen and not log.wires:
        unseen.append("the net log is missing: what left was taken from browser events alone")
    if log.udp_bytes:
        unseen.append(f"{log.udp_bytes} bytes left over UDP and cannot be read")
    return replace(
        visit,
        hops=hops_of(recorder.seen, recorder.intents, visit.presses),
        exchanges=exchanges,
        answers=answers,
        unseen=tuple(unseen),
    )
