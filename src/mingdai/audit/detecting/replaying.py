"""Show a finding again, step by step, from the capture alone: nothing is searched for.

The steps and spans of the finding are followed exactly as written; at the end the bytes must be
the value, its digest, or a spelling of it.  A finding that does not replay is not believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingdai.audit.detecting.decoding import decode
from mingdai.audit.detecting.digesting import known_digests
from mingdai.audit.detecting.findings import Finding
from mingdai.audit.detecting.identity import Identity
from mingdai.audit.detecting.inspecting import Detector
from mingdai.audit.detecting.layers import Budget
from mingdai.audit.detecting.requests import Place, Request, places_of
from mingdai.errors import Invalid

_MAX_SHOWN = 96


@dataclass(frozen=True, slots=True)
class Shown:
    """One step as a person reads it: what was done, and the bytes it gave (shortened)."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Replay:
    """The steps of a finding and whether they end at the planted value."""

    shown: tuple[Shown, ...]
    holds: bool
    verdict: str


def replay(row: Mapping[str, object], request: Request, identity: Identity) -> Replay:
    """Follow one finding (an object as `Finding.as_json` gives it) through its request.

    Raises Invalid where the finding is not of this request or its spans are not there.
    """
    place, data = _place_of(row, request)
    name = f" {place.name}" if place.name else ""
    shown = [Shown(f"{place.where}{name} of {request.request_id}", _readable(data))]
    for step in _mappings(row.get("steps")):
        start, end = _span(step)
        below = decode(str(step["step"]), data[start:end], Budget(len(request.body)).stream_limit())
        if below is None:
            return Replay(tuple(shown), holds=False, verdict="a step does not decode")
        data = below
        shown.append(Shown(f"{step['step']} of bytes {start} to {end}", _readable(data)))
    start, end = _span(row)
    value = data[start:end]
    shown.append(Shown(f"bytes {start} to {end}", _readable(value)))
    return _judge(row, value, tuple(shown), request, identity)


def _judge(
    row: Mapping[str, object],
    value: bytes,
    shown: tuple[Shown, ...],
    request: Request,
    identity: Identity,
) -> Replay:
    field = str(row["field"])
    if str(row["form"]).startswith("hash"):
        raw = _raw_digest(value)
        source = known_digests(identity).get(raw)
        steps = " of ".join(source.steps) if source else ""
        holds = source is not None and source.field == field
        verdict = (
            f"this is {steps} of field {field}" if holds else "this digest is not of the value"
        )
        return Replay(shown, holds, verdict)
    alone = Request(request.request_id, "", body=value)
    again: tuple[Finding, ...] = Detector(identity).inspect(alone).findings
    holds = any(each.field == field for each in again)
    verdict = f"this is {row['form']} of field {field}" if holds else "this is not the value"
    return Replay(shown, holds, verdict)


def _raw_digest(value: bytes) -> bytes:
    text = value.replace(b"-", b"")
    try:
        return bytes.fromhex(text.decode("ascii"))
    except ValueError:
        return value


def _place_of(row: Mapping[str, object], request: Request) -> tuple[Place, bytes]:
    places = _mappings(row.get("places"))
    if str(row.get("request_id")) != request.request_id or not places:
        raise Invalid(code="finding.request", reason="the finding is not of this request")
    for place in places_of(request):
        if (place.where, place.name) == (places[0].get("where"), places[0].get("name", "")):
            return place, place.data
    raise Invalid(code="finding.place", reason="the request has no such place")


def _span(row: Mapping[str, object]) -> tuple[int, int]:
    span = row.get("span")
    if not isinstance(span, list) or len(span) != 2:
        raise Invalid(code="finding.span", reason="the finding has no span", field="span")
    return int(span[0]), int(span[1])


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _readable(data: bytes) -> str:
    short = data[:_MAX_SHOWN]
    more = f" … ({len(data)} bytes)" if len(data) > _MAX_SHOWN else ""
    try:
        text = short.decode("utf-8", "strict" if len(data) <= _MAX_SHOWN else "ignore")
    except UnicodeDecodeError:
        return short.hex(" ") + more
    if any(each < " " and each not in "\r\n\t" for each in text):
        return short.hex(" ") + more
    return text.replace("\r", "␍").replace("\n", "␊") + more
