"""Join what the browser told with what the wire carried.

Each wire request is matched to the earliest told request of the same method and address.  What
only the wire has is kept as unattributed; what was told but never left is kept as not sent.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable

from mingdai.audit.companies import bare_host
from mingdai.audit.records import Document, Seen
from mingdai.audit.visits import Answer, Exchange
from mingdai.audit.wiretap.netlog import NetLog, Started, Wire

_TEXTUAL = ("json", "html", "text", "xml", "javascript", "form-urlencoded")
_Key = tuple[str, str, str, bytes]


def merge(
    log: NetLog, seen: Iterable[Seen], documents: list[Document]
) -> tuple[tuple[Exchange, ...], tuple[Answer, ...]]:
    """Exchanges in the order they began, with ids r1, r2, …, and the texts that came back."""
    told: dict[_Key, deque[Seen]] = defaultdict(deque)
    for each in seen:
        told[_key(each.kind, each.method, each.url, each.body)].append(each)
    started: dict[tuple[str, str], deque[Started]] = defaultdict(deque)
    for start in log.started:
        started[start.method, _bare(start.url)].append(start)
    rows: list[tuple[Exchange, Wire | None]] = []
    for wire in log.wires:
        waiting = told.get(_key(wire.kind, wire.method, wire.url, wire.body))
        began = _next(started.get((wire.method, _bare(wire.url))), wire)
        rows.append((_joined(wire, waiting.popleft() if waiting else None, began, documents), wire))
    rows += [(_unsent(each), None) for queue in told.values() for each in queue]
    rows.sort(key=lambda row: row[0].at)
    return _numbered(rows)


def _numbered(
    rows: list[tuple[Exchange, Wire | None]],
) -> tuple[tuple[Exchange, ...], tuple[Answer, ...]]:
    exchanges, answers = [], []
    for number, (exchange, wire) in enumerate(rows, start=1):
        named = _renamed(exchange, f"r{number}")
        exchanges.append(named)
        if wire and wire.answer and any(kind in wire.answer_type.lower() for kind in _TEXTUAL):
            answers.append(
                Answer(
                    named.request_id,
                    wire.answered_at,
                    wire.url,
                    wire.status,
                    wire.answer_type,
                    wire.answer,
                )
            )
    return tuple(exchanges), tuple(answers)


def _renamed(exchange: Exchange, name: str) -> Exchange:
    values = {each: getattr(exchange, each) for each in Exchange.__dataclass_fields__}
    return Exchange(**{**values, "request_id": name})


def _joined(
    wire: Wire, told: Seen | None, began: Started | None, documents: list[Document]
) -> Exchange:
    times = [wire.at, *([told.at] if told else []), *([began.at] if began else [])]
    initiator = began.initiator if began else ""
    page, host = (told.page, told.page_host) if told else _guess(wire, initiator, documents)
    own = told is None and initiator == "browser"
    return Exchange(
        request_id="",
        at=min(times),
        method=wire.method,
        url=_with_fragment(wire.url, told),
        headers=wire.headers,
        body=wire.body,
        kind=wire.kind,
        resource=told.resource if told else _resource(wire),
        page=page,
        page_host=host,
        frame_host=told.frame_host if told else host,
        initiator=initiator,
        seen_by=("page", "wire") if told else ("wire",),
        sent=True,
        purpose=told.purpose if told else ("browser" if own else "visit"),
        blocked=told.blocked if told else "",
        status=wire.status or (told.status if told else 0),
        redirected_from=told.redirected_from if told else "",
    )


def _unsent(told: Seen) -> Exchange:
    return Exchange(
        request_id="",
        at=told.at,
        method=told.method,
        url=told.url,
        headers=told.headers,
        body=told.body,
        kind=told.kind,
        resource=told.resource,
        page=told.page,
        page_host=told.page_host,
        frame_host=told.frame_host,
        initiator=told.frame_host,
        seen_by=("page",),
        sent=False,
        purpose=told.purpose,
        blocked=told.blocked,
        status=told.status,
        redirected_from=told.redirected_from,
    )


def _guess(wire: Wire, initiator: str, documents: list[Document]) -> tuple[int, str]:
    """The document a request nobody told of most likely came from: its Referer or Origin says."""
    sent = {name.lower(): value for name, value in wire.headers}
    hosts = [bare_host(sent.get(each, "")) for each in ("referer", "origin")]
    hosts += [bare_host(initiator)]
    host = next((each for each in hosts if each), "")
    before = [each for each in documents if each.at <= wire.at + 0.2]
    own = [each for each in before if bare_host(each.url) == host]
    chosen = (own or before)[-1:]
    return (chosen[0].number, bare_host(chosen[0].url)) if chosen else (0, host)


def _resource(wire: Wire) -> str:
    sent = {name.lower(): value for name, value in wire.headers}
    if wire.kind == "ws_frame" or sent.get("upgrade", "").lower() == "websocket":
        return "websocket"
    if wire.method == "OPTIONS" and "access-control-request-method" in sent:
        return "preflight"
    return sent.get("sec-fetch-dest", "") or "unattributed"


def _next(waiting: deque[Started] | None, wire: Wire) -> Started | None:
    if wire.kind != "http" or not waiting or waiting[0].at > wire.at + 0.1:
        return None
    return waiting.popleft()


def _key(kind: str, method: str, url: str, body: bytes) -> _Key:
    return kind, method, _bare(url), body if kind == "ws_frame" else b""


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _with_fragment(url: str, told: Seen | None) -> str:
    return told.url if told and told.url.partition("#")[0] == url else url
