"""A visit: everything one walk did, saw, sent and was shown, as plain values.

`Visit` is what the checks and the report read.  It is written as `visit.json` (bodies in base64)
and read back by `visiting.load_visit`, so that a verdict can be reached again without a browser.
Times are seconds since 1970 in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a person sees it; `href` is "" where it leads nowhere.

    `plain` marks words such as 《协议》 that stand there without being a link at all.
    """

    text: str
    href: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class PageView:
    """One document in the visitor's tab; `number` counts from 1 and names it everywhere else.

    `how` the visitor came: open, link, form, redirect, meta-refresh, script, popup, frame, back.
    `texts` are the visible texts at each look, `text` the last of them.
    """

    number: int
    at: float
    url: str
    host: str
    title: str
    how: str
    text: str = ""
    texts: tuple[str, ...] = ()
    screenshots: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Something the page asked for: the role understood, and how the page called it."""

    page: int
    at: float
    role: str
    label: str
    by: str
    required: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Typing:
    """One planted value typed: `field` is the identity's own name; never the value.

    `host` is the company of the page; `frame_host` the document that held the input.
    """

    field: str
    role: str
    page: int
    at: float
    host: str
    frame_host: str
    by: str


@dataclass(frozen=True, slots=True)
class Box:
    """A consent box: its words, its links, and whether it stood ticked before anyone touched it.

    `ticked_at` is None where the walker never ticked it; `self_ticked_at` is when it was first seen
    ticked although nobody had touched the page since it stood open.
    """

    number: int
    page: int
    at: float
    text: str
    links: tuple[Link, ...]
    preticked: bool
    ticked_at: float | None = None
    self_ticked_at: float | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button.  `kind` is submit, code, agree, open or other.

    `unticked` are the numbers of the consent boxes standing unticked while none of the page's
    boxes was ticked; `by_press` is the sentence that makes pressing itself the consent ("").
    `outcome` is moved, changed, told, or nothing.
    """

    page: int
    at: float
    text: str
    kind: str
    unticked: tuple[int, ...] = ()
    by_press: str = ""
    links: tuple[Link, ...] = ()
    outcome: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the walk's log, in words a person can follow."""

    number: int
    at: float
    page: int
    host: str
    kind: str
    said: str
    screenshot: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """The visitor moved from one host to another.  `how`: link, form, redirect, popup, frame, app.

    `detail` says more: http 302, meta refresh, script, new tab, opener closed.
    """

    from_host: str
    to_host: str
    how: str
    detail: str
    at: float
    page: int
    url: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as it left, or tried to.

    `seen_by` says which channels saw it: page (browser events), wire (the net log).  `sent` is
    True where its bytes went to a server.  `page` is the document it came from, 0 where unknown.
    `purpose` is visit, reading (agreements), or browser (its own upkeep).
    """

    request_id: str
    at: float
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    kind: str
    resource: str
    page: int
    page_host: str
    frame_host: str
    initiator: str
    seen_by: tuple[str, ...]
    sent: bool
    purpose: str = "visit"
    blocked: str = ""
    status: int = 0
    redirected_from: str = ""

    @property
    def unattributed(self) -> bool:
        """Whether only the completeness check saw it."""
        return "page" not in self.seen_by


@dataclass(frozen=True, slots=True)
class Answer:
    """The text a server answered with, for what it shows that it was never sent."""

    request_id: str
    at: float
    url: str
    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement behind a link: what it says, or why it could not be read.

    `how` is page, dialog, shown (by the flow itself), download or none; `dead` is why it counts as
    dead, "" where it is read.
    """

    page: int
    host: str
    link: Link
    how: str
    status: int
    text: str
    dead: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file the flow handed over: hashed, never executed; APK facts where it is one."""

    page: int
    at: float
    url: str
    name: str
    file: str
    sha256: str
    size: int
    package: str = ""
    permissions: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppLink:
    """A jump out of the browser, the address whole (`intent://…#Intent;…;end`)."""

    page: int
    at: float
    host: str
    url: str
    blocked: str = "not followed: leaves the browser"


@dataclass(frozen=True, slots=True)
class Stop:
    """Why the walk ended: a code of `stopping.REASONS` and a sentence."""

    code: str
    said: str


@dataclass(frozen=True, slots=True)
class Visit:
    """The whole walk, in the order it happened.  `unseen` lists what capture could not see."""

    start_url: str
    started_at: float
    ended_at: float
    user_agent: str
    stop: Stop
    pages: tuple[PageView, ...] = ()
    steps: tuple[Step, ...] = ()
    asked: tuple[Asked, ...] = ()
    typed: tuple[Typing, ...] = ()
    boxes: tuple[Box, ...] = ()
    presses: tuple[Press, ...] = ()
    hops: tuple[Hop, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    answers: tuple[Answer, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    downloads: tuple[Download, ...] = ()
    app_links: tuple[AppLink, ...] = ()
    dialogs: tuple[tuple[int, float, str], ...] = ()
    console: tuple[tuple[float, str, str], ...] = ()
    unseen: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is known to have escaped the capture."""
        return not self.unseen
