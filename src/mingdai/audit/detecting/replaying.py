"""Show a finding again, step by step, from the capture alone: nothing is searched for.

The steps and spans of the finding are followed exactly as written; at the end the bytes must be
the value, its digest, or a spelling of it.  A finding that does not replay is not believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mingdai.audit.detecting.decoding import decode
from mingdai.audit.detecting.digesting import Source, known_digests
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
    field, left = str(row["field"]), row.get("candidates_left")
    beside = f"; with what stands beside it {left} values are left" if left else ""
    if str(row["form"]).startswith("hash"):
        source = _digests(identity).get(_raw_digest(value))
        if source is None or source.field != field:
            return Replay(shown, holds=False, verdict="this digest is not of the value")
        verdict = f"this is {_described(source.steps)} of field {field}{beside}"
        return Replay(shown, holds=True, verdict=verdict)
    alone = Request(request.request_id, "", body=value)
    again: tuple[Finding, ...] = _detector(identity).inspect(alone).findings
    holds = any(each.field == field for each in again)
    verdict = f"this is {row['form']} of field {field}{beside}"
    return Replay(shown, holds, verdict if holds else "this is not the value")


def _described(steps: Sequence[str]) -> str:
    """The steps of a digest as one phrase: sha256 (salt before) of md5."""
    words: list[str] = []
    for each in steps:
        if words and each.startswith(("salt", "value as key")):
            words[-1] += f" ({each})"
        else:
            words.append(each)
    return " of ".join(words)


@lru_cache(maxsize=2)
def _detector(identity: Identity) -> Detector:
    """Built once for many findings of one identity."""
    return Detector(identity)


@lru_cache(maxsize=2)
def _digests(identity: Identity) -> Mapping[bytes, Source]:
    return known_digests(identity)


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
