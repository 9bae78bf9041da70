"""Say which stretches of a layer may hold something encoded, as steps to try.

Each step is a guess that costs time; what it gives is searched like anything else.  Steps are in
positions of the layer; the searcher turns them into positions of their segment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mingdai.audit.detecting.decoding import unpercent
from mingdai.audit.detecting.framing import payloads, quick_payloads
from mingdai.audit.detecting.layers import Layer, Step
from mingdai.audit.detecting.matching import Event, Sign
from mingdai.audit.detecting.unpacking import (
    LIKELY_RATIO,
    STREAM_STARTS,
    may_be_brotli,
    may_be_deflate,
)

_PERCENT = re.compile(rb"%(?:[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})")
_PERCENT_VALUE = re.compile(rb"[^&=?;,/#%]{0,200}%[0-9a-fA-F]{2}[^&=?;,/#]*")
_ESCAPE = re.compile(rb"\\[ux/\"\\nrtbf0-3]")
_ENTITY = re.compile(rb"&(?:#[xX]?[0-9a-fA-F]{2,7}|[a-zA-Z]{2,31};)")
_QUOTED = re.compile(rb"=(?:[0-9A-Fa-f]{2}=[0-9A-Fa-f]{2}|40[A-Za-z0-9]|\r?\n(?!\0))")
_NOT_QUOTED = re.compile(rb"&|=(?![0-9A-F]{2}|\r?\n)")
_PARAMETER = re.compile(rb"[\w.\-\[\]]{1,40}=")
_WRAPPED = re.compile(
    rb"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{16,256}[ \t]*+\r?\n[ \t]*+)+[A-Za-z0-9+/]+=*"
)
_SPLIT_HEX = re.compile(rb"(?:0x|\\x)?[0-9a-fA-F]{2}(?:[ :,.\-]{1,2}(?:0x|\\x)?[0-9a-fA-F]{2}){7,}")
_CODES = re.compile(rb"\d{2,5}(?:[ ,;.\-]{1,2}\d{2,5}){5,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){4}")
_CONTROL = bytes(sorted(set(range(9)) | {11, 12} | set(range(14, 32)) | {127}))
_SHOWN = range(0x20, 0x7F)
_STREAMS = {
    -int(Sign.GZIP): ("gzip", 3),
    -int(Sign.ZLIB): ("zlib", 2),
    -int(Sign.ZSTD): ("zstd", 4),
}
_MAX_STREAMS = 64
_MAX_SPANS = 400
_ANY_RATIO = 1 << 24
_QUICK_FROM = 6


def _ends(characters: bytes) -> bytes:
    """A table that turns every character which ends a value into a line feed."""
    return bytes(10 if byte in characters else byte for byte in range(256))


_URL_ENDS = _ends(b"\0 \t\r\n\"'<>")
_TEXT_ENDS = _ends(b'\0"<>')
_QUOTE_ENDS = _ends(b'\0"')
_FORM_ENDS = _ends(b'\0&?;" \t')


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text: control characters, or not UTF-8."""
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return True
    return len(data.translate(None, _CONTROL)) < len(data)


def text_steps(layer: Layer) -> Iterator[Step]:
    """Escapes in text: percent, JSON, entities, quoted-printable; base64 in lines."""
    data = layer.data
    if b"%" in data:
        yield from _spans(layer, data.translate(_URL_ENDS), "percent", _PERCENT)
    if b"\\" in data:
        plain = data.replace(b"\\\\", b"\\_").replace(b'\\"', b"\\_").translate(_QUOTE_ENDS)
        yield from _spans(layer, plain, "json", _ESCAPE)
    if b"&" in data:
        yield from _spans(layer, data.translate(_TEXT_ENDS), "html-entity", _ENTITY)
    if b"=" in data and _QUOTED.search(data):
        yield from _quoted_steps(layer)
    for start, end in layer.segments() if data.count(b"\n") > 2 * data.count(b"\n\0\n") else ():
        if data.find(b"\n", start, end) >= 0:
            for found in _WRAPPED.finditer(data, start, end):
                yield Step("base64", found.start(), found.end())


def _spans(layer: Layer, ends: bytes, name: str, pattern: re.Pattern[bytes]) -> Iterator[Step]:
    """The values that hold the pattern, each up to the character that ends it.

    A segment with very many of them is taken as one from there on.
    """
    data = layer.data
    at = stop = count = 0
    while found := pattern.search(data, at):
        start = ends.rfind(b"\n", 0, found.start()) + 1
        if start >= stop:
            count, stop = 0, layer.bounds(layer.index_at(start))[1]
        count += 1
        at = ends.find(b"\n", found.end()) if count < _MAX_SPANS else stop
        at = at if at >= 0 else len(data)
        yield Step(name, start, at)


def _quoted_steps(layer: Layer) -> Iterator[Step]:
    data = layer.data
    for start, end in layer.segments():
        if _is_quoted(data, start, end):
            yield Step("quoted-printable", start, end)
    for step in _spans(layer, data.translate(_FORM_ENDS), "quoted-printable", _QUOTED):
        name = _PARAMETER.match(data, step.start, step.end)
        if name and data.find(b"=", name.end(), step.end) >= 0:
            yield Step(step.name, name.end(), step.end)
        yield step


def _is_quoted(data: bytes, start: int, end: int) -> bool:
    """Whether a segment as a whole is quoted-printable: soft line breaks, or escapes alone."""
    if data.find(b"=\n", start, end) >= 0 or data.find(b"=\r\n", start, end) >= 0:
        return True
    return data.count(b"=", start, end) >= 4 and not _NOT_QUOTED.search(data, start, end)


def signed_steps(layer: Layer, events: list[Event]) -> Iterator[Step]:
    """Steps where the scan saw a stream's first bytes, UTF-16, number lists or reversed escapes."""
    streams: Counter[int] = Counter()
    seen: set[tuple[int, int]] = set()
    for number, _, end in events:
        if number >= 0 or number == -Sign.MASK:
            continue
        index = layer.index_at(end - 1)
        start, stop = layer.bounds(index)
        if number in _STREAMS:
            streams[index] += 1
            if streams[index] <= _MAX_STREAMS:
                name, width = _STREAMS[number]
                yield Step(name, end - width, stop)
        elif (number, index) not in seen:
            seen.add((number, index))
            if number == -Sign.TURNED and layer.turned_from(start):
                continue
            yield from _signed(layer.data, number, start, stop)


def _signed(data: bytes, number: int, start: int, stop: int) -> Iterator[Step]:
    """What to try in a segment where UTF-16, number lists or reversed escapes were seen."""
    if number == -Sign.TURNED:
        yield Step("reverse", start, stop)
    elif number == -Sign.WIDE_TEXT and (found := _WIDE.search(data, start, stop)):
        odd = (found.start() - start) % 2
        # Read at the wrong place, a text loses half of its first or last character.
        if not odd or (stop - start) % 2 or data[stop - 1] not in _SHOWN:
            yield Step("utf-16le", start + odd, stop)
        if odd or data[start] not in _SHOWN:
            yield Step("utf-16be", start + 1 - odd, stop)
    elif number == -Sign.CODES:
        for found in _CODES.finditer(data, start, stop):
            yield Step("char-codes", found.start(), found.end())
    elif number == -Sign.SPACED_HEX:
        for found in _SPLIT_HEX.finditer(data, start, stop):
            yield Step("hex", found.start(), found.end())


def binary_steps(layer: Layer) -> Iterator[Step]:
    """Streams without a magic number, and frames: only where a segment is binary as a whole."""
    data = layer.data
    root = layer.parent is None
    if data.isascii() and len(data.translate(None, _CONTROL)) == len(data) - layer.separators:
        return
    for start, end in layer.segments():
        if end - start < _QUICK_FROM:
            continue
        piece = data[start:end]
        if piece.startswith(STREAM_STARTS) or not is_binary(piece):
            continue
        if may_be_deflate(piece):
            yield Step("deflate", start, end)
        if may_be_brotli(piece, _ANY_RATIO if root else LIKELY_RATIO):
            yield Step("brotli", start, end)
        cut = payloads if root else quick_payloads
        for left, right in cut(piece):
            yield Step("frame", start + left, start + right)


def percent_values(layer: Layer, whole: Step) -> Iterator[Step]:
    """The single values of a percent-encoded run that turned out to hold bytes that are no text."""
    for found in _PERCENT_VALUE.finditer(layer.data, whole.start, whole.end):
        if found.span() != (whole.start, whole.end) and is_binary(unpercent(found[0])):
            yield Step("percent", found.start(), found.end())
