"""Go back from what an audit says to what was recorded: rows to requests, requests to the wire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mingdai.audit.companies import bare_host
from mingdai.audit.detecting.identity import Identity
from mingdai.audit.detecting.inspecting import Detector
from mingdai.audit.detecting.replaying import replay
from mingdai.audit.detecting.requests import Request
from mingdai.audit.leaving import as_request
from mingdai.audit.visits import Visit
from mingdai.audit.wiretap.netlog import Wire, read_netlog

_SLACK_S = 0.05
_Key = tuple[str, str, str, tuple[tuple[str, str], ...], bytes]


def difference_from_wire(visit: Visit, netlog: Path) -> Iterator[str]:
    """What the visit has that left no trace on the wire, and the other way round.

    A request is the same where kind, method, address, headers and body are; the visit may not
    date it later than the wire.  Where the log is missing the visit must say so itself.
    """
    log = read_netlog(netlog)
    if log.udp_bytes and not any("UDP" in each for each in visit.unseen):
        yield "visit.json: does not say that bytes left over UDP"
    if not log.wires and any("net log" in each for each in visit.unseen):
        return
    logged, told = _times(log.wires), _told(visit)
    for key in sorted({*logged, *told}, key=lambda key: key[:3]):
        yield from _compared(key, sorted(told[key]), sorted(logged[key]))
    yield from _answers(visit, {(each.url, each.answer) for each in log.wires})


def _times(wires: Iterable[Wire]) -> defaultdict[_Key, list[float]]:
    times: defaultdict[_Key, list[float]] = defaultdict(list)
    for each in wires:
        times[each.kind, each.method, each.url, each.headers, each.body].append(each.at)
    return times


def _told(visit: Visit) -> defaultdict[_Key, list[float]]:
    times: defaultdict[_Key, list[float]] = defaultdict(list)
    for each in visit.exchanges:
        url = each.url.partition("#")[0]
        if each.sent:
            times[each.kind, each.method, url, each.headers, each.body].append(each.at)
    return times


def _compared(key: _Key, told: list[float], logged: list[float]) -> Iterator[str]:
    host = bare_host(key[2])
    if len(told) > len(logged):
        yield f"visit.json: a request to {host} that the net log does not have"
    elif len(told) < len(logged):
        yield f"netlog.json: a request to {host} that the visit does not have"
    elif any(one > two + _SLACK_S for one, two in zip(told, logged, strict=True)):
        yield f"visit.json: a request to {host} is dated later than it left"


def _answers(visit: Visit, logged: set[tuple[str, bytes]]) -> Iterator[str]:
    for each in visit.answers:
        if (each.url, each.body) not in logged:
            yield f"visit.json: an answer of {bare_host(each.url)} that the net log does not have"


def unproven_rows(
    rows: Iterable[Mapping[str, Any]], visit: Visit, identity: Identity, *, key: str = "egress"
) -> Iterator[str]:
    """The rows (of `key` in findings.json) of which some request does not decode to the value."""
    detector = Detector(identity)
    sources = {each.request_id: as_request(each) for each in visit.exchanges}
    answers = {
        each.request_id: Request(
            each.request_id, f"http://{bare_host(each.url)}/", body=each.body, ts=each.at
        )
        for each in visit.answers
    }
    for number, row in enumerate(rows):
        known = answers if row["inferred"] else sources
        if not _is_proven(row, known, detector, identity):
            yield f"findings.json#{key}[{number}]"


def _is_proven(
    row: Mapping[str, Any],
    sources: Mapping[str, Request],
    detector: Detector,
    identity: Identity,
) -> bool:
    """Every request named goes to the row's host and holds the field; one by the row's chain."""
    chains = []
    for name in row["requests"]:
        request = sources.get(name)
        if request is None or bare_host(request.url) != row["recipient_host"]:
            return False
        found = [each for each in detector.inspect(request).findings if each.field == row["field"]]
        if not found or not replay(found[0].as_json(), request, identity).holds:
            return False
        chains.append((list(found[0].chain), found[0].form))
    return (row["chain"], row["form"]) in chains
