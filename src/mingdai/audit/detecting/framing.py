"""Cut binary messages into their payloads: length-prefixed frames, Protocol Buffers and others.

A reading counts only if it uses up the message to its last byte, so a wrong one is rare and only
costs time.  Sources: Protocol Buffers encoding guide (wire types 0, 1, 2, 5); gRPC over HTTP/2
(flag byte and four-byte length).
"""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.detecting.structuring import looks_structured, strings_of

Slice = tuple[int, int]

_LEAST = 1
_MORE = 0x80
"""Set in every byte of a varint but the last."""

_KINDS = frozenset((0, 1, 2, 5))
_LEAST_MESSAGE = 6
_MOST_FRAMES = 4096
_MOST_EMPTY = 16
_SCHEMES = [
    (tag, width, order)
    for tag in (0, 1, 2, 4)
    for width, order in (
        (4, "big"),
        (4, "little"),
        (2, "big"),
        (2, "little"),
        (1, "big"),
        (8, "big"),
    )
]
_HEADERS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16)


def payloads(data: bytes) -> list[Slice]:
    """The slices of every reading that fits the whole message, without repeats."""
    found: dict[Slice, None] = {}
    if len(data) >= 3:
        for reading in (strings_of(data), _fields(data), _varint_frames(data), *_readings(data)):
            for each in reading or ():
                found.setdefault(each)
    return [each for each in found if each != (0, len(data))]


def quick_payloads(data: bytes) -> list[Slice]:
    """As `payloads`, for the many small blobs: the commonest readings only."""
    size = len(data)
    if size < _LEAST_MESSAGE:
        return []
    one, two, three, four = data[:4]
    slices: list[Slice] = strings_of(data) if looks_structured(data) else []
    if one >= 8 and one & 7 in _KINDS and (one & 7 != 2 or two >= _MORE or two <= size - 2):
        slices += _fields(data) or ()
    if one < size or one >= 0x80:
        slices += _varint_frames(data) or ()
    if one == 0 or two == 0 or one << 8 | two < size:
        if one == two == 0:
            slices += _frames(data, 0, 0, (4, "big")) or ()
        if three == four == 0:
            slices += _frames(data, 0, 0, (4, "little")) or ()
        if one << 8 | two < size:
            slices += _frames(data, 0, 0, (2, "big")) or ()
        if two == three == 0:
            slices += _frames(data, 0, 1, (4, "big")) or ()
    return [each for each in dict.fromkeys(slices) if each != (0, size)]


def _readings(data: bytes) -> Iterator[list[Slice] | None]:
    headers = _HEADERS if len(data) <= 1 << 20 else (0,)
    for header in headers:
        for tag, width, order in _SCHEMES:
            if header + tag + width < len(data):
                yield _frames(data, header, tag, (width, order))


def _frames(data: bytes, at: int, tag: int, prefix: tuple[int, str]) -> list[Slice] | None:
    width, order = prefix
    size, empty = len(data), 0
    slices: list[Slice] = []
    while at < size:
        start = at + tag + width
        if start > size or len(slices) > _MOST_FRAMES:
            return None
        length = int.from_bytes(data[at + tag : start], order)  # type: ignore[arg-type]
        at = start + length
        empty += not length
        if at > size or empty > _MOST_EMPTY:
            return None
        if length > _LEAST:
            slices.append((start, at))
    return slices


def _varint_frames(data: bytes) -> list[Slice] | None:
    at = empty = 0
    size = len(data)
    slices: list[Slice] = []
    while at < size:
        length, start = data[at], at + 1
        if length >= _MORE:
            length, start = _varint(data, at)
        at = start + length
        empty += not length
        if start < 0 or at > size or max(len(slices), 256 * empty) > _MOST_FRAMES:
            return None
        if length > _LEAST:
            slices.append((start, at))
    return slices


def _fields(data: bytes) -> list[Slice] | None:
    """The length-delimited fields of one Protocol Buffers message."""
    at = count = 0
    size = len(data)
    slices: list[Slice] = []
    while at < size:
        key, at = (data[at], at + 1) if data[at] < _MORE else _varint(data, at)
        kind = key & 7
        count += 1
        if at < 0 or key < 8 or kind not in _KINDS or count > _MOST_FRAMES:
            return None
        if kind == 1 or kind == 5:
            at += 8 if kind == 1 else 4
        else:
            value, at = _varint(data, at) if at >= size or data[at] >= _MORE else (data[at], at + 1)
            if kind == 2 and at > 0:
                at += value
                if value > _LEAST:
                    slices.append((at - value, at))
        if at < 0 or at > size:
            return None
    return slices


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Value and the place behind it; (0, -1) where there is none."""
    value = 0
    for turn in range(10):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << 7 * turn
        if byte < 0x80:
            return value, at
    return 0, -1
