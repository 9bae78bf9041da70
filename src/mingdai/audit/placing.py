"""Where a request comes from, as far as the browser says: tab, frame, and what it would move."""

from __future__ import annotations

import re

from playwright.sync_api import Error, Frame, Page, Request, Response

from mingdai.audit.companies import bare_host

_LONGEST_REFRESH_S = 30.0


def whence(request: Request) -> tuple[Page | None, Frame | None]:
    """The tab and the frame a request belongs to; workers and first moments of popups have none."""
    try:
        frame = request.frame
        return frame.page, frame
    except Error:
        return None, None


def frame_host(frame: Frame | None) -> str:
    """The host of the frame's document; one that has none yet belongs to the frame around it."""
    while frame is not None:
        host = bare_host(frame.url)
        if host:
            return host
        frame = frame.parent_frame
    return ""


def navigation_of(request: Request, page: Page | None, frame: Frame | None) -> str:
    """Where the visitor would be moved: main, frame, popup, or "" for nowhere."""
    if not request.is_navigation_request():
        return ""
    if frame is None or page is None:
        return "popup"
    if frame.parent_frame is not None:
        return "frame"
    return "popup" if page.url in {"", "about:blank"} else "main"


def body_of(request: Request) -> bytes:
    """What the browser tells of the body, b"" where it tells nothing."""
    try:
        return request.post_data_buffer or b""
    except Error:
        return b""


def refresh_after_s(response: Response) -> float:
    """Seconds until the answer's Refresh header is done with; 0 without one, or one far off."""
    told = re.match(r"\s*(\d+(?:\.\d+)?)", response.headers.get("refresh", ""))
    seconds = float(told[1]) + 1 if told else 0.0
    return seconds if seconds <= _LONGEST_REFRESH_S else 0.0
