"""The chain of a visit as a picture's parts: stops down a spine, branches at their sides.

A stop is a host the visitor was moved to, in the order of first arrival.  A branch is a host that
got data without the visitor, a frame, a way back, or a way out that was not followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mingdai.audit.companies import bare_host, company_of
from mingdai.audit.reporting.loading import Bundle
from mingdai.audit.visits import PageView


@dataclass(frozen=True, slots=True)
class Branch:
    """`kind` is data, frame, back, app or held.  `early` is None where no field went there."""

    kind: str
    host: str
    how: str
    detail: str = ""
    fields: tuple[str, ...] = ()
    early: bool | None = None
    inferred: bool = False


@dataclass(slots=True)
class Stop:
    """One host of the spine.  `source` is the number of the stop it was reached from, 0 for none.

    `fields` travelled with the visitor; `early` as in `Branch`.
    """

    number: int
    host: str
    company: str
    title: str = ""
    picture: str = ""
    source: int = 0
    how: str = ""
    detail: str = ""
    fields: tuple[str, ...] = ()
    early: bool | None = None
    inferred: bool = False
    branches: list[Branch] = field(default_factory=list)


def chart(bundle: Bundle) -> list[Stop]:
    """The stops of the visit; never empty: the first is where the walk began."""
    stops = _spine(bundle)
    known = {each.host: each for each in stops}
    for hop in bundle.findings["hops"]:
        source = known.get(hop["from_host"], stops[0])
        branch = _branch(bundle, hop, known)
        if branch is not None and branch not in source.branches:
            source.branches.append(branch)
    _add_missing(bundle, stops, known)
    return stops


def _spine(bundle: Bundle) -> list[Stop]:
    start = bare_host(bundle.visit.start_url)
    documents = {view.host for view in bundle.visit.pages}
    stops = [_stop(bundle, 1, start)]
    known = {start: stops[0]}
    for hop in bundle.findings["hops"]:
        host = hop["to_host"]
        framed = hop["how"] == "frame" and host not in documents
        if hop["kind"] == "data" or host in known or framed:
            continue
        stop = _stop(bundle, len(stops) + 1, host)
        source = known.get(hop["from_host"])
        stop.source = source.number if source else len(stops)
        stop.how, stop.detail = hop["how"], hop.get("detail", "")
        carried = _data(bundle, host, hop["from_host"])
        stop.fields, stop.inferred = carried.fields, carried.inferred
        stop.early = carried.early if carried.fields else None
        known[host] = stop
        stops.append(stop)
    return stops


def _stop(bundle: Bundle, number: int, host: str) -> Stop:
    views = [view for view in bundle.visit.pages if view.host == host]
    pictures = [name for view in views for name in view.screenshots]
    title = next((view.title for view in views if view.title), "")
    return Stop(number, host, company_of(host), title, pictures[0] if pictures else "")


def _carried(bundle: Bundle, host: str, source: str) -> tuple[tuple[str, ...], bool | None]:
    rows = [
        row
        for row in bundle.findings["egress"]
        if row["recipient_host"] == host and row["from_host"] == source and not row["first_party"]
    ]
    return _fields(rows), any(row["before_consent"] for row in rows) if rows else None


def _fields(rows: list[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["field"] for row in rows))


def _branch(bundle: Bundle, hop: Mapping[str, Any], known: Mapping[str, Stop]) -> Branch | None:
    host, source = hop["to_host"], hop["from_host"]
    fields, early = _carried(bundle, host, source)
    if hop["kind"] == "data":
        return _data(bundle, host, source)
    if host not in known:
        return Branch(hop["how"], host, hop["how"], hop.get("detail", ""), fields, early)
    stop = known[host]
    first = stop.source and known.get(source) and known[source].number == stop.source
    if first:
        return None
    return Branch("back", host, hop["how"], hop.get("detail", ""), fields, early)


def _data(bundle: Bundle, host: str, source: str) -> Branch:
    rows = [
        row
        for row in bundle.findings["egress"]
        if row["recipient_host"] == host and not row["first_party"] and row["from_host"] == source
    ]
    ways = list(dict.fromkeys(row["transport"] for row in rows))
    return Branch(
        "data",
        host,
        ways[0] if ways else "",
        "",
        _fields(rows),
        any(row["before_consent"] for row in rows),
        bool(rows) and all(row["inferred"] for row in rows),
    )


def _add_missing(bundle: Bundle, stops: list[Stop], known: Mapping[str, Stop]) -> None:
    """What left from a page that no hop tells of, what was held back, and ways out of the web."""
    drawn = {(stop.host, branch.host) for stop in stops for branch in stop.branches}
    drawn |= {(stops[stop.source - 1].host, stop.host) for stop in stops if stop.source}
    for row in bundle.rows(first_party=False):
        source = known.get(row["from_host"], stops[0])
        pair = (source.host, row["recipient_host"])
        if pair not in drawn and pair[0] != pair[1]:
            drawn.add(pair)
            source.branches.append(_data(bundle, row["recipient_host"], row["from_host"]))
    for row in bundle.findings.get("attempted", ()):
        source = known.get(row["from_host"], stops[0])
        held = Branch("held", row["recipient_host"], row["transport"], "", (row["field"],))
        if held not in source.branches:
            source.branches.append(held)
    for link in bundle.findings.get("app_links", ()):
        source = known.get(link["host"], stops[0])
        app = Branch("app", link["url"].partition(":")[0] + ":", "app")
        if app not in source.branches:
            source.branches.append(app)


def views_with_pictures(bundle: Bundle) -> list[tuple[PageView, str]]:
    """Every document that was looked at, with its first picture."""
    return [(view, view.screenshots[0]) for view in bundle.visit.pages if view.screenshots]
