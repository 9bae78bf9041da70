"""Read the agreements a page links to: dead ones, and ones that say nothing, are found here.

Links with an address are read after the walk, in a profile of their own, so that the flow is not
disturbed.  Links that only act in the page are pressed there, before anything is typed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from playwright.sync_api import BrowserContext, Error, Page, Response, TimeoutError

from mingdai.audit.capturing import Recorder
from mingdai.audit.visits import Agreement, Link, Visit
from mingdai.audit.walking.guarding import Guard
from mingdai.audit.walking.handling import touch
from mingdai.audit.walking.scenes import Control, Scene
from mingdai.audit.walking.walker import Walker, leave

_CLOSE = re.compile(r"^(关闭|返回|我知道了|知道了|已阅读|我已阅读|确定|好的?|×|✕|✖|x|X|close|ok)$")
_SOFT_404 = re.compile(r"404|不存在|找不到|not found|已下线|已失效|敬请期待|建设中", re.IGNORECASE)
_IS_DOCUMENT = re.compile(r"《|(?:协议|政策|条款|授权书|须知|告知书?|声明|合同|清单|名单)[》）)]?$")
_IS_BUTTON = re.compile(r"继续|提交|立即|马上|下一步|^同意|^我?已?阅读|^授权并")
_NAMED = re.compile(r"《[^》]*》")
_CONSENTS = re.compile(r"同意|已阅读|接受|勾选|[○●◯◉☐☑□■]")
_WAITING = re.compile(r"^[\s.…]*(?:正在)?(?:加载|载入|loading|请稍)", re.IGNORECASE)
_TITLE = re.compile(r"[\u3400-\u9fff]{0,16}(?:协议|政策|条款|授权书|须知|告知书?|声明|合同)")
_ACCEPTS = re.compile(r"同意|授权|接受|已阅读|知悉|agree|accept", re.IGNORECASE)
_LEAST_TEXT = 40
_MOST_LINKS = 24
_MOST_HERE = 4
_SLOW_MS = 8000


def read_here(walker: Walker, scene: Scene) -> None:
    """Press the agreement links that have no address, once for each document."""
    for link in scene.agreement_links[:12]:
        key = (walker.number, link.text("text"))
        here = sum(1 for number, _ in walker.read if number == walker.number)
        if link.text("href") or key in walker.read or here >= _MOST_HERE or not _opens(link):
            continue
        walker.read.add(key)
        ticked = {each.key for each in scene.boxes if each.flag("checked")}
        found = _press_and_read(walker, scene, link)
        walker.read.add((walker.number, link.text("text")))
        walker.journal.agree(walker.page, Link(link.text("text"), ""), found)
        said = f"read {link.text('text')[:30]}: {found[3] or found[0]}"
        walker.journal.step(walker.page, "read", said)
        _untick(walker, ticked)


def note_shown(walker: Walker, scene: Scene, button: Control) -> tuple[Link, ...]:
    """The text a box over the page shows and this button accepts, kept as an agreement read."""
    title = _TITLE.search(scene.cover)
    if not button.flag("modal") or title is None or len(scene.cover) < _LEAST_TEXT:
        return ()
    if not _ACCEPTS.search(button.text("text")):
        return ()
    link = Link(title[0], "")
    known = [each for each in walker.journal.agreements if each.page == walker.number]
    if link not in [each.link for each in known]:
        walker.journal.agree(walker.page, link, ("shown", 0, scene.cover, ""))
        walker.journal.step(walker.page, "read", f"read {title[0][:30]}: shown over the page")
    return (link,)


def _opens(link: Control) -> bool:
    """Whether pressing it can only show a document.

    A button such as 授权并继续 is left alone; so is a whole line of consent, which ticks itself.
    """
    text = link.text("text")
    if _CONSENTS.search(_NAMED.sub("", text)):
        return False
    return link.flag("reach") and bool(_IS_DOCUMENT.search(text)) and not _IS_BUTTON.search(text)


def _press_and_read(walker: Walker, scene: Scene, link: Control) -> tuple[str, int, str, str]:
    address, number, tabs = walker.page.url, walker.number, len(walker.recorder.new_tabs)
    touch(link)
    walker.pause(600)
    if len(walker.recorder.new_tabs) > tabs:
        page = walker.recorder.new_tabs.pop()
        text = _text_of(page)
        leave(page)
        return "page", 0, text, _why_dead(text)
    moved = walker.page.url.partition("#")[0] != address.partition("#")[0]
    if walker.number != number and not moved:
        walker.settle(1500)
        return "none", 0, "", "leads back to the same page"
    if moved:
        text = _text_of(walker.page)
        try:
            walker.page.go_back(timeout=5000)
        except Error:
            return "page", 0, text, _why_dead(text)
        walker.settle(1500)
        return "page", 0, text, _why_dead(text)
    after = walker.scene()
    fresh = "\n".join(ln for ln in after.text.splitlines() if ln not in scene.text.splitlines())
    text = after.cover if after.cover and after.cover != scene.cover else fresh
    if not text.strip():
        return "none", 0, "", "nothing happens"
    _close(walker, after)
    return "dialog", 0, fresh or text, _why_dead(fresh or text)


def _close(walker: Walker, scene: Scene) -> None:
    closers = [each for each in scene.reachable if _CLOSE.match(each.text("text").strip())]
    closers = [each for each in closers if each.flag("modal")] or closers
    if closers:
        touch(closers[-1])
    else:
        walker.page.keyboard.press("Escape")
    walker.pause(250)


def _untick(walker: Walker, ticked: set[str]) -> None:
    """Reading must not consent: a box that pressing the link ticked is unticked again."""
    for box in walker.scene().boxes:
        if box.flag("checked") and box.key not in ticked:
            walker.journal.disturbed.add(walker.journal.box(walker.page, box).number)
            touch(box)


def read_agreements(
    visit: Visit, context: BrowserContext, recorder: Recorder, guard: Guard
) -> tuple[Agreement, ...]:
    """Open each agreement address of the visit in turn, and read it."""
    recorder.purpose = "reading"
    page = context.new_page()
    read: dict[str, Agreement] = {}
    rows = list(visit.agreements)
    for number, host, link in _wanted(visit):
        if not link.href:
            if not any(row.link.text == link.text and row.page == number for row in rows):
                rows.append(_unread(number, host, link))
            continue
        address = _address(link.href)
        if address not in read and len(read) < _MOST_LINKS:
            read[address] = _read_one(page, link, guard)
        if address in read:
            rows.append(replace(read[address], page=number, host=host, link=link))
    leave(page)
    return tuple(rows)


def _address(href: str) -> str:
    """What is read once: without an anchor, but with a route written behind the #."""
    bare, _, fragment = href.partition("#")
    return href if fragment[:1] in {"/", "!"} else bare


def _unread(number: int, host: str, link: Link) -> Agreement:
    """Words without a link lead nowhere; a link out of reach was not tried: not called dead."""
    if link.plain:
        return Agreement(number, host, link, "none", 0, "", "not a link")
    return Agreement(number, host, link, "none", 0, "", "", "not opened: out of reach")


def _wanted(visit: Visit) -> list[tuple[int, str, Link]]:
    hosts = {each.number: each.host for each in visit.pages}
    rows = [(box.page, hosts.get(box.page, ""), link) for box in visit.boxes for link in box.links]
    rows += [(p.page, hosts.get(p.page, ""), link) for p in visit.presses for link in p.links]
    for view in visit.pages:
        named = (each for each in view.links if re.search(r"《|协议|隐私|授权书|条款", each.text))
        rows += [(view.number, view.host, link) for link in named]
    with_address = {(number, link.text) for number, _, link in rows if link.href}
    kept = [row for row in rows if row[2].href or (row[0], row[2].text) not in with_address]
    return list(dict.fromkeys(kept))


def _read_one(page: Page, link: Link, guard: Guard) -> Agreement:
    blank = Agreement(0, "", link, "page", 0, "", "")
    refused = guard.refuses_visit(link.href)
    if refused:
        return replace(blank, how="none", dead="", text="", file=f"not opened: {refused}")
    try:
        answer = _open(page, link.href)
        _wait_for_text(page)
    except Error as error:
        if "Download" in str(error):
            return replace(blank, how="download")
        return replace(blank, how="none", dead="does not answer")
    status = answer.status if answer else 0
    kind = answer.headers.get("content-type", "") if answer else ""
    if status < 400 and kind.startswith(("application/pdf", "image/", "application/msword")):
        return replace(blank, how="download", status=status, file=f"not read: {kind}")
    text = _text_of(page)
    dead = f"http {status}" if status >= 400 else _why_dead(text)
    return replace(blank, status=status, text=text, dead=dead)


def _open(page: Page, href: str) -> Response | None:
    """Go there; a second time where the first took too long, as on a machine under load."""
    try:
        return page.goto(href, timeout=_SLOW_MS)
    except TimeoutError:
        return page.goto(href, timeout=_SLOW_MS)


def _wait_for_text(page: Page) -> None:
    """A page that draws its text by script, or says it is loading, gets up to three seconds."""
    for _ in range(12):
        page.wait_for_timeout(250)
        text = _text_of(page).strip()
        if text and not _WAITING.match(text):
            return


def _text_of(page: Page) -> str:
    try:
        page.wait_for_load_state("domcontentloaded", timeout=4000)
        texts = [
            str(frame.evaluate("() => document.body ? document.body.innerText : ''"))
            for frame in page.frames
        ]
    except Error:
        return ""
    return "\n".join(texts)[:200_000]


def _why_dead(text: str) -> str:
    bare = " ".join(text.split())
    if len(bare) < _LEAST_TEXT:
        return "empty" if not bare else ("says not found" if _SOFT_404.search(bare) else "")
    return "says not found" if len(bare) < 200 and _SOFT_404.search(bare) else ""
