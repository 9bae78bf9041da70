"""Record what the browser tells: requests in order, documents, frames sent, app links, dialogs.

Attribution and order come from here; what really left comes from the net log (`wiretap`), and
`merging` joins the two.  A popup's first moments are seen by context events only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Dialog,
    Download,
    Error,
    Page,
    Request,
    Response,
    Route,
    WebError,
    WebSocket,
)

from mingdai.audit.companies import bare_host
from mingdai.audit.placing import body_of, frame_host, navigation_of, refresh_after_s, whence
from mingdai.audit.records import Document, Intent, Seen, Tab
from mingdai.audit.visits import AppLink
from mingdai.audit.walking.guarding import Guard

_WEB = {"http", "https", "ws", "wss", "data", "blob", "about", "chrome-error"}
_MAX_CONSOLE = 2000


@dataclass
class Recorder:
    """Listens to one context.  `purpose` marks what is only reading (agreements) as such."""

    context: BrowserContext
    clock: Callable[[], float]
    guard: Guard
    purpose: str = "visit"
    seen: list[Seen] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    intents: list[Intent] = field(default_factory=list)
    app_links: list[AppLink] = field(default_factory=list)
    dialogs: list[tuple[int, float, str]] = field(default_factory=list)
    console: list[tuple[float, str, str]] = field(default_factory=list)
    downloads: list[tuple[int, float, Download]] = field(default_factory=list)
    new_tabs: list[Page] = field(default_factory=list)
    tabs: dict[Page, Tab] = field(default_factory=dict)
    last_host: str = ""
    refused: dict[str, str] = field(default_factory=dict)
    by_request: dict[Request, Seen] = field(default_factory=dict)
    under_way: dict[Request, float] = field(default_factory=dict)
    """Requests not answered yet, with when they began."""
    moves_at: float = 0.0
    """Until when some answer's Refresh header may move the visitor."""

    def listen(self) -> None:
        """Begin; call before the first page is opened."""
        self.context.on("request", self._on_request)
        self.context.on("response", self._on_response)
        self.context.on("requestfinished", self._on_end)
        self.context.on("requestfailed", self._on_end)
        self.context.on("page", self._on_page)
        self.context.on("dialog", self._on_dialog)
        self.context.on("console", self._on_console)
        self.context.on("weberror", self._on_error)
        if self.guard.is_narrow:
            self.context.route("**/*", self._on_route)

    def document_of(self, page: Page) -> Document | None:
        """The document a tab shows now."""
        tab = self.tabs.get(page)
        return tab.document if tab else None

    def number_of(self, page: Page) -> int:
        """The number of that document, 0 where none is known."""
        document = self.document_of(page)
        return document.number if document else 0

    def is_busy(self, page: Page, longest_s: float) -> bool:
        """Whether requests no older than that are on their way, or a socket of the page stands."""
        now, number = self.clock(), self.number_of(page)
        sockets = (each for each in self.seen if each.resource == "websocket")
        flying = any(at >= now - longest_s for at in self.under_way.values())
        standing = any(each.page == number and each.kind == "http" for each in sockets)
        return flying or standing or now < self.moves_at

    def _on_page(self, page: Page) -> None:
        tab = Tab(len(self.tabs) + 1, None, opener_host=self._opener_host(page))
        self.tabs[page] = tab
        self.new_tabs.append(page)
        page.on("download", lambda download: self._on_download(page, download))
        page.on("websocket", lambda socket: self._on_socket(page, socket))
        try:
            tab.session = self.context.new_cdp_session(page)
            tab.session.on("Page.frameNavigated", lambda told: self._on_commit(tab, told))
            tab.session.on(
                "Page.frameRequestedNavigation", lambda told: self._on_intent(page, told)
            )
            tab.session.send("Page.enable")
            if self.guard.is_narrow:
                self._hold_back(tab.session)
            if page.url not in {"", "about:blank"} and tab.document is None:
                self._add_document(tab, page.url)
        except Error:
            return

    def _opener_host(self, page: Page) -> str:
        try:
            opener = page.opener()
        except Error:
            opener = None
        if opener is None:
            return self.last_host if self.tabs else ""
        return bare_host(opener.url) or self.last_host

    def _on_commit(self, tab: Tab, told: dict[str, Any]) -> None:
        frame = told["frame"]
        if "parentId" in frame or not str(frame["url"]).startswith("http"):
            return
        self._add_document(tab, str(frame["url"]) + str(frame.get("urlFragment", "")))

    def _add_document(self, tab: Tab, url: str) -> None:
        if self.purpose != "visit":
            return
        number = len(self.documents) + 1
        tab.document = Document(number, self.clock(), url, tab.number, tab.opener_host)
        self.documents.append(tab.document)
        self.last_host = bare_host(url)

    def _on_intent(self, page: Page, told: dict[str, Any]) -> None:
        url, at = str(told.get("url", "")), self.clock()
        number = self.number_of(page)
        self.intents.append(Intent(at, url, str(told.get("reason", "")), number))
        if url.partition(":")[0].lower() not in _WEB:
            self._add_app_link(number, at, bare_host(page.url), url)

    def _add_app_link(self, number: int, at: float, host: str, url: str) -> None:
        bare = url.partition("#Intent")[0]
        for index, link in enumerate(self.app_links):
            if link.url.partition("#Intent")[0] == bare:
                if len(url) > len(link.url):
                    self.app_links[index] = AppLink(link.page, link.at, link.host, url)
                return
        self.app_links.append(AppLink(number, at, host, url))

    def _on_request(self, request: Request) -> None:
        page, frame = whence(request)
        document = self.document_of(page) if page else None
        top = bare_host(page.url) if page else ""
        seen = Seen(
            at=self.clock(),
            method=request.method,
            url=request.url,
            headers=tuple(request.headers.items()),
            body=body_of(request),
            resource=request.resource_type,
            page=document.number if document else 0,
            page_host=top or (bare_host(document.url) if document else ""),
            frame_host=frame_host(frame),
            redirected_from=request.redirected_from.url if request.redirected_from else "",
            blocked=self.refused.get(request.url, ""),
            purpose=self.purpose,
            navigation=navigation_of(request, page, frame),
        )
        if seen.navigation == "popup":
            seen.page_host = self.tabs[page].opener_host if page in self.tabs else self.last_host
        self.seen.append(seen)
        self.by_request[request] = seen
        self.under_way[request] = seen.at
        if seen.url.partition(":")[0].lower() not in _WEB:
            self._add_app_link(seen.page, seen.at, seen.page_host, seen.url)

    def _on_response(self, response: Response) -> None:
        seen = self.by_request.get(response.request)
        if seen is not None:
            seen.status = response.status
            disposition = response.headers.get("content-disposition", "")
            seen.is_download = "attachment" in disposition.lower()
            self.moves_at = max(self.moves_at, self.clock() + refresh_after_s(response))

    def _on_end(self, request: Request) -> None:
        self.under_way.pop(request, None)

    def _hold_back(self, session: CDPSession) -> None:
        """Stop refused addresses in the tab itself: redirects pass by context routes."""
        session.on("Fetch.requestPaused", lambda told: self._on_paused(session, told))
        session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})

    def _on_paused(self, session: CDPSession, told: dict[str, Any]) -> None:
        url = str(told["request"]["url"])
        why = self._refusal(url, is_visit=told.get("resourceType") == "Document")
        name: dict[str, Any] = {"requestId": told["requestId"]}
        try:
            if why:
                self._keep_held(told, why)
                session.send("Fetch.failRequest", {**name, "errorReason": "BlockedByClient"})
            else:
                session.send("Fetch.continueRequest", name)
        except Error:
            return

    def _refusal(self, url: str, *, is_visit: bool) -> str:
        """Why this request may not go out, "" where it may; a refusal is kept with the request."""
        why = self.guard.refuses_visit(url) if is_visit else self.guard.refuses_contact(url)
        if why:
            self.refused[url] = why
            for seen in self.seen:
                if seen.url == url:
                    seen.blocked = why
        return why

    def _keep_held(self, told: dict[str, Any], why: str) -> None:
        """A redirect that is held back is told of by nobody else."""
        request = told["request"]
        if any(seen.url == request["url"] for seen in self.seen):
            return
        number, host = len(self.documents), self.last_host
        body = str(request.get("postData", "")).encode()
        headers = tuple((str(k), str(v)) for k, v in request.get("headers", {}).items())
        seen = Seen(
            self.clock(),
            request["method"],
            request["url"],
            headers,
            body,
            "document",
            number,
            host,
            host,
        )
        seen.blocked, seen.purpose = why, self.purpose
        self.seen.append(seen)

    def _on_route(self, route: Route) -> None:
        request = route.request
        why = self._refusal(request.url, is_visit=request.is_navigation_request())
        try:
            if why:
                route.abort("blockedbyclient")
            else:
                route.continue_()
        except Error:
            return

    def _on_socket(self, page: Page, socket: WebSocket) -> None:
        self._add_socket(page, socket.url, b"", "http")
        socket.on("framesent", lambda data: self._add_socket(page, socket.url, data, "ws_frame"))

    def _add_socket(self, page: Page, url: str, data: bytes | str, kind: str) -> None:
        body = data if isinstance(data, bytes) else data.encode()
        host = bare_host(page.url)
        number, now = self.number_of(page), self.clock()
        self.seen.append(
            Seen(
                now,
                "GET",
                url,
                (),
                body,
                "websocket",
                number,
                host,
                host,
                kind,
                purpose=self.purpose,
            )
        )

    def _on_dialog(self, dialog: Dialog) -> None:
        page = dialog.page
        self.dialogs.append((self.number_of(page) if page else 0, self.clock(), dialog.message))
        try:
            dialog.accept()
        except Error:
            return

    def _on_console(self, message: ConsoleMessage) -> None:
        if len(self.console) < _MAX_CONSOLE:
            self.console.append((self.clock(), message.type, message.text[:2000]))

    def _on_error(self, error: WebError) -> None:
        if len(self.console) < _MAX_CONSOLE:
            self.console.append((self.clock(), "exception", str(error.error)[:2000]))

    def _on_download(self, page: Page, download: Download) -> None:
        self.downloads.append((self.number_of(page), self.clock(), download))
        for seen in reversed(self.seen):
            if seen.url == download.url:
                seen.is_download = True
                break
