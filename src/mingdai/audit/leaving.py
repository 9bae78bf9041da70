"""What left, to whom, and whether before consent: the egress of a visit.

A recipient is a host that was sent a planted value, or that shows one nobody sent it (inferred:
a server behind the page passed it on).  Consent is a press of the page's own button, with a
consent box ticked where the page has one; what a recipient got earlier, it got before consent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from mingdai.audit.companies import bare_host, same_company
from mingdai.audit.detecting.findings import Finding
from mingdai.audit.detecting.identity import Identity
from mingdai.audit.detecting.inspecting import Detector
from mingdai.audit.detecting.requests import Request
from mingdai.audit.visits import Exchange, Press, Typing, Visit

_WEAK = {"first8", "hash of first8"}
_SLACK_S = 0.05


@dataclass(frozen=True, slots=True)
class Egress:
    """One planted field at one recipient; `requests` are the ids that carried it."""

    recipient_host: str
    field: str
    before_consent: bool
    inferred: bool
    first_party: bool
    from_host: str
    at: float
    chain: tuple[str, ...]
    form: str
    place: str
    transport: str
    candidates_left: int | None
    declared: bool
    seen_by: tuple[str, ...]
    requests: tuple[str, ...]
    attempted: bool = False

    def as_json(self) -> dict[str, object]:
        """The object written to `findings.json`."""
        row: dict[str, object] = {
            "recipient_host": self.recipient_host,
            "field": self.field,
            "before_consent": self.before_consent,
            "inferred": self.inferred,
            "chain": list(self.chain),
            "transport": self.transport,
            "first_party": self.first_party,
            "from_host": self.from_host,
            "form": self.form,
            "place": self.place,
            "at": round(self.at, 3),
            "candidates_left": self.candidates_left,
            "declared": self.declared,
            "unattributed": self.seen_by == ("wire",),
            "requests": list(self.requests),
        }
        return row


@dataclass(slots=True)
class _Case:
    """A finding with the request it is of and the typing it goes back to."""

    exchange: Exchange
    finding: Finding
    typing: Typing
    before: bool = field(default=False)


@lru_cache(maxsize=1)
def detector_for(identity: Identity) -> Detector:
    """The detector of a visit's identity, built once for all that ask while they judge it."""
    return Detector(identity)


def as_request(exchange: Exchange) -> Request:
    """The exchange as the detector reads it: what a server gets, so without the fragment."""
    return Request(
        exchange.request_id,
        exchange.url.partition("#")[0],
        exchange.method,
        exchange.headers,
        exchange.body,
        exchange.at,
        exchange.kind,
    )


def egress_of(visit: Visit, identity: Identity) -> tuple[Egress, ...]:
    """Every (recipient, field) that was sent or is inferred, first seen first."""
    detector = detector_for(identity)
    cases = list(_cases(visit, detector))
    sent = _grouped(case for case in cases if case.exchange.sent)
    sent += _inferred(visit, detector, cases)
    return tuple(sorted(sent, key=lambda row: row.at))


def attempts_of(visit: Visit, identity: Identity) -> tuple[Egress, ...]:
    """What the page tried to send and the guard or the closed world held back."""
    cases = _cases(visit, detector_for(identity))
    rows = _grouped(case for case in cases if not case.exchange.sent and _tried(case.exchange))
    return tuple(replace(row, attempted=True) for row in rows)


def consented_at(visit: Visit, typing: Typing) -> float | None:
    """When pressing consented to what was typed: the first press with no box left unticked."""
    times = [
        press.at
        for press in visit.presses
        if press.page == typing.page and press.at >= typing.at and _consents(press)
    ]
    return min(times, default=None)


def _consents(press: Press) -> bool:
    return press.kind != "code" and not press.unticked


def _tried(exchange: Exchange) -> bool:
    return exchange.status == 0 and exchange.url.partition(":")[0] in {"http", "https", "ws", "wss"}


def _cases(visit: Visit, detector: Detector) -> Iterator[_Case]:
    for exchange in visit.exchanges:
        if exchange.purpose != "visit" or not bare_host(exchange.url):
            continue
        for finding in detector.inspect(as_request(exchange)).findings:
            typing = typing_behind(visit, finding.field, exchange)
            if typing is not None:
                consent = consented_at(visit, typing)
                before = consent is None or exchange.at < consent
                yield _Case(exchange, finding, typing, before)


def typing_behind(visit: Visit, field_name: str, exchange: Exchange) -> Typing | None:
    """The typing a value goes back to: on the request's own page, else the last one before it."""
    known = [
        each
        for each in visit.typed
        if each.field == field_name and each.at <= exchange.at + _SLACK_S
    ]
    own = [each for each in known if each.page == exchange.page]
    return (own or known or [None])[-1]  # type: ignore[list-item]


def _grouped(cases: Iterator[_Case]) -> list[Egress]:
    groups: dict[tuple[str, str, bool], list[_Case]] = {}
    for case in cases:
        host = bare_host(case.exchange.url)
        first_party = same_company(host, case.typing.host)
        groups.setdefault((host, case.finding.field, first_party), []).append(case)
    return [_row(key, group) for key, group in groups.items()]


def _row(key: tuple[str, str, bool], group: list[_Case]) -> Egress:
    host, field_name, first_party = key
    best = min(group, key=lambda case: (case.finding.form in _WEAK, case.exchange.at))
    exchange, finding = best.exchange, best.finding
    left = [case.finding.candidates_left for case in group]
    known = [each for each in left if each is not None]
    return Egress(
        recipient_host=host,
        field=field_name,
        before_consent=any(case.before for case in group),
        inferred=False,
        first_party=first_party,
        from_host=exchange.page_host,
        at=min(case.exchange.at for case in group),
        chain=finding.chain,
        form=finding.form,
        place=finding.places[0].where if finding.places else "",
        transport=exchange.resource,
        candidates_left=min(known) if len(known) == len(left) and known else None,
        declared=finding.declared,
        seen_by=exchange.seen_by,
        requests=tuple(dict.fromkeys(case.exchange.request_id for case in group)),
    )


def _inferred(visit: Visit, detector: Detector, cases: Sequence[_Case]) -> list[Egress]:
    """Hosts whose answers hold a value that no request of the visit brought them."""
    brought = {
        (bare_host(case.exchange.url), case.finding.field) for case in cases if case.exchange.sent
    }
    exchanges = {each.request_id: each for each in visit.exchanges}
    rows: dict[tuple[str, str], Egress] = {}
    for answer in visit.answers:
        host, exchange = bare_host(answer.url), exchanges.get(answer.request_id)
        if exchange is None or exchange.purpose != "visit":
            continue
        asked = Request(answer.request_id, f"http://{host}/", body=answer.body, ts=answer.at)
        for finding in detector.inspect(asked).findings:
            typing = typing_behind(visit, finding.field, exchange)
            if typing is None or finding.form in _WEAK or (host, finding.field) in rows:
                continue
            if any(same_company(host, had) and name == finding.field for had, name in brought):
                continue
            if same_company(host, typing.host):
                continue
            rows[host, finding.field] = _shown(visit, exchange, finding, typing)
    return list(rows.values())


def _shown(visit: Visit, exchange: Exchange, finding: Finding, typing: Typing) -> Egress:
    consent = consented_at(visit, typing)
    return Egress(
        recipient_host=bare_host(exchange.url),
        field=finding.field,
        before_consent=consent is None or exchange.at < consent,
        inferred=True,
        first_party=False,
        from_host=_source(visit, exchange, typing),
        at=exchange.at,
        chain=finding.chain,
        form=finding.form,
        place="answer",
        transport="server",
        candidates_left=finding.candidates_left,
        declared=finding.declared,
        seen_by=exchange.seen_by,
        requests=(exchange.request_id,),
    )


def _source(visit: Visit, exchange: Exchange, typing: Typing) -> str:
    """Who most likely passed it on: the host the visitor came from, else where it was typed."""
    host = bare_host(exchange.url)
    came = [
        hop.from_host for hop in visit.hops if hop.to_host == host and hop.at <= exchange.at + 1
    ]
    return came[-1] if came else typing.host


def inspected(visit: Visit, detector: Detector) -> Mapping[str, Sequence[Finding]]:
    """All findings by request id, for the finding list beside the verdict."""
    rows = {
        each.request_id: detector.inspect(as_request(each)).findings
        for each in visit.exchanges
        if each.purpose == "visit"
    }
    return {name: found for name, found in rows.items() if found}
