"""Which made-up company answers which request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mingdai_sandbox.answering import Answer, refuse, say
from mingdai_sandbox.databases import Database
from mingdai_sandbox.deleting import obey
from mingdai_sandbox.explaining import list_answers
from mingdai_sandbox.queueing import Outbox
from mingdai_sandbox.receiving import Desk, describe, receive
from mingdai_sandbox.relaying import PASSED_ON, Bureau, Parcel
from mingdai_sandbox.showing import show

_RELAYED = ("applications", "notices")


@dataclass(frozen=True, slots=True)
class Request:
    """What came in; header names as in PASSED_ON."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Town:
    """Everyone in this process.  The bureau shares nothing with the lenders but the process."""

    desks: Mapping[str, Desk]
    outboxes: Mapping[str, Outbox]
    databases: Mapping[str, Database]
    bureau: Bureau
    clock: Callable[[], datetime]


def route(town: Town, request: Request) -> Answer:
    """The answer to one request."""
    parts = [part for part in request.path.split("?")[0].split("/") if part]
    match request.method, parts:
        case "GET", ["health"]:
            return say(200, {"status": "ok", "lenders": len(town.desks)})
        case "GET", []:
            pairs = [(desk, town.outboxes[name]) for name, desk in town.desks.items()]
            return show(pairs, relayed=len(town.bureau.list_relayed()))
        case "GET", ["lenders", lender, "received.json"] if lender in town.desks:
            return say(200, describe(town.desks[lender].store, town.outboxes[lender]))
        case "GET", ["lenders", lender, "sightings.json"] if lender in town.desks:
            return say(200, {"answers": list_answers(town.databases[lender])})
        case "GET", ["bureau", "relayed.json"]:
            return say(200, {"relayed": town.bureau.list_relayed()})
        case "POST", ["lenders", lender, what] if lender in town.desks and what in _RELAYED:
            return _lender(town, town.desks[lender], what, request)
        case "POST", ["bureau", "relay", lender, what] if what in _RELAYED:
            headers = {name: request.headers[name] for name in PASSED_ON if request.headers[name]}
            parcel = Parcel(lender, what, request.body, headers)
            return town.bureau.relay(parcel, clock=town.clock)
    return refuse(404, "path.unknown")


def _lender(town: Town, desk: Desk, what: str, request: Request) -> Answer:
    if what == "applications":
        key = request.headers["Idempotency-Key"]
        return receive(desk, request.body, key=key, at=town.clock())
    return obey(desk, request.body, at=town.clock())
