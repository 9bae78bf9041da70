"""One recorded request, and the places in it that may carry something.

A place is a run of bytes a server received as one thing: host, path, query, fragment, a header, a
cookie, the body, one part of a multipart body, one WebSocket frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

_BOUNDARY = re.compile(rb'boundary="?([^";,\s]{1,200})"?', re.IGNORECASE)
_LEADING_BOUNDARY = re.compile(rb"--([!-~]{2,200})\r?\n(?:[A-Za-z-]+:)")
_PART_NAME = re.compile(rb'name="([^"]{0,200})"')
_MAX_PARTS = 500


@dataclass(frozen=True, slots=True)
class Request:
    """What one line of a capture says left the browser.

    `ts` is in seconds since 1970, or in whatever clock the capture uses; None where it has none.
    `kind` is "http" or "ws_frame"; a frame's `body` is the frame as sent.
    """

    request_id: str
    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    ts: float | None = None
    kind: str = "http"


@dataclass(frozen=True, slots=True)
class Place:
    """`where` it travelled, the header's or part's `name` ("" where it has none), and the bytes."""

    where: str
    name: str
    data: bytes


def host_of(url: str) -> str:
    """The bare lower-case host of a URL, "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return url.partition("://")[2].partition("/")[0].partition(":")[0].lower()


def places_of(request: Request) -> list[Place]:
    """Every place of the request that holds at least one byte, URL first, body last."""
    places = list(_url_places(request.url))
    content_type = b""
    for name, value in request.headers:
        raw = value.encode("utf-8", "surrogateescape")
        lowered = name.lower()
        if lowered == "content-type":
            content_type = raw
        places.append(Place("cookie" if lowered == "cookie" else "header", name, raw))
        if len(name) > 24:
            places.append(Place("header name", name, name.encode("utf-8", "surrogateescape")))
    places += _body_places(request, content_type)
    return [place for place in places if place.data]


def _url_places(url: str) -> Iterator[Place]:
    scheme, mark, rest = url.partition("://")
    if not mark:
        scheme, _, rest = url.partition(":")
        yield Place("path", scheme, rest.encode("utf-8", "surrogateescape"))
        return
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    raw_host = host.encode("utf-8", "surrogateescape")
    yield Place("host", "", raw_host)
    yield from _host_spellings(host)
    yield Place("path", "", (slash + path).encode("utf-8", "surrogateescape"))
    yield Place("query", "", query.encode("utf-8", "surrogateescape"))
    yield Place("fragment", "", fragment.encode("utf-8", "surrogateescape"))


def _host_spellings(host: str) -> Iterator[Place]:
    """What labels say once joined (a long value cut at 63 characters) or read as Punycode."""
    bare = host.rpartition("@")[2].partition(":")[0]
    labels = bare.split(".")
    if len(labels) >= 4 and max(map(len, labels[:-2])) >= 8:
        for keep in range(2, min(len(labels) - 1, 5)):
            yield Place("host", "labels joined", "".join(labels[:-keep]).encode("utf-8", "replace"))
    for label in labels:
        if label.lower().startswith("xn--"):
            try:
                text = label[4:].encode("ascii").decode("punycode")
            except (UnicodeError, ValueError):
                continue
            yield Place("host", "punycode", text.encode("utf-8", "replace"))


def _body_places(request: Request, content_type: bytes) -> list[Place]:
    if request.kind == "ws_frame":
        return [Place("websocket frame", "", request.body)]
    parts = _parts(request.body, content_type)
    return parts or [Place("body", "", request.body)]


def _parts(body: bytes, content_type: bytes) -> list[Place]:
    """The parts of a multipart body; [] where it is none (RFC 2046 §5.1)."""
    declared = _BOUNDARY.search(content_type) if b"multipart/" in content_type.lower() else None
    found = declared or _LEADING_BOUNDARY.match(body)
    if not found or b"--" + found[1] not in body:
        return []
    places = []
    for number, part in enumerate(body.split(b"--" + found[1])[:_MAX_PARTS]):
        head, blank, content = part.removeprefix(b"\r\n").removeprefix(b"\n").partition(b"\r\n\r\n")
        if not blank:
            head, blank, content = part.partition(b"\n\n")
        named = _PART_NAME.search(head)
        name = named[1].decode("utf-8", "replace") if named else f"#{number}"
        places.append(Place("body part header", name, head))
        places.append(Place("body part", name, content.removesuffix(b"\n").removesuffix(b"\r")))
    return places
