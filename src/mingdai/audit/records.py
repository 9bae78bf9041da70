"""What the browser tells while a walk is on: requests, documents, tabs, and why it moves."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import CDPSession


@dataclass(slots=True)
class Seen:
    """One request as the browser told of it."""

    at: float
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    resource: str
    page: int
    page_host: str
    frame_host: str
    kind: str = "http"
    redirected_from: str = ""
    status: int = 0
    blocked: str = ""
    purpose: str = "visit"
    navigation: str = ""
    """"" or main, frame, popup: where the visitor would be moved."""
    is_download: bool = False


@dataclass(slots=True)
class Document:
    """One document in a tab of the visitor."""

    number: int
    at: float
    url: str
    tab: int
    opener_host: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """A navigation somebody asked for, and the reason the browser gives (CDP Page domain)."""

    at: float
    url: str
    reason: str
    page: int


@dataclass(slots=True)
class Tab:
    """What is kept of one tab."""

    number: int
    document: Document | None
    session: CDPSession | None = None
    opener_host: str = ""
