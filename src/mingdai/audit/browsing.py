"""Start Debian's Chromium so that everything it sends can be seen, and it says what it is.

HTTP/2 and QUIC are off so that the net log reads whole; frames share one process so that one
session sees them all.  In the test world every name outside it is unknown to the browser: even
what escapes the walker cannot leave the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright

from mingdai.errors import Unavailable

CHROMIUM = Path("/usr/bin/chromium")
_LISTENERS = Path(__file__).parent / "walking" / "listeners.js"
_LOOPBACK = "EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]"
_FLAGS = (
    "--no-sandbox",
    "--disable-http2",
    "--disable-quic",
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process,Translate,OptimizationHints,MediaRouter",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--disable-dev-shm-usage",
)
_AGENT = (
    "Mozilla/5.0 (Linux; Android 13; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{version} Mobile Safari/537.36 MingdaiAuditor/1.0 (consented loan-flow audit)"
)


@dataclass(frozen=True, slots=True)
class Browsing:
    """How to start: resolver rules, where the net log goes, and whether names are closed in."""

    rules: str
    netlog: Path
    closed: bool


@contextmanager
def open_browser(how: Browsing) -> Iterator[Browser]:
    """A running browser, closed at the end.  Raises Unavailable where Chromium will not start."""
    flags = [
        *_FLAGS,
        f"--host-resolver-rules={resolver_rules(how.rules, closed=how.closed)}",
        f"--log-net-log={how.netlog}",
        "--net-log-capture-mode=Everything",
    ]
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        except Error as error:
            raise Unavailable(
                code="walk.browser",
                reason="Chromium does not start",
                remedy="install the package chromium",
            ) from error
        try:
            yield browser
        finally:
            browser.close()


def resolver_rules(rules: str, *, closed: bool) -> str:
    """The rules as Chromium takes them; `closed` makes every other name unknown."""
    given = rules.strip().strip(",")
    if not closed:
        return given
    return ", ".join(filter(None, [given, "MAP *.test 127.0.0.1", "MAP * ~NOTFOUND", _LOOPBACK]))


def user_agent(browser: Browser) -> str:
    """What the browser says it is: a phone's browser, driven by this auditor."""
    return _AGENT.format(version=browser.version.partition(".")[0] + ".0.0.0")


def open_context(browser: Browser, *, closed: bool) -> BrowserContext:
    """A fresh phone profile; self-made certificates pass only in the test world."""
    context = browser.new_context(
        user_agent=user_agent(browser),
        viewport={"width": 412, "height": 915},
        is_mobile=True,
        has_touch=True,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        accept_downloads=True,
        ignore_https_errors=closed,
    )
    context.add_init_script(path=_LISTENERS)
    context.set_default_timeout(5000)
    context.set_default_navigation_timeout(15000)
    return context
