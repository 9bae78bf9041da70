"""Cut self-describing binary messages into their strings: CBOR, MessagePack, BSON.

A reading counts only if it uses up the message to its last byte.  Sources: RFC 8949 §3; the
MessagePack specification; bsonspec.org 1.1.
"""

from __future__ import annotations

from collections.abc import Callable

Slice = tuple[int, int]

_DEEPEST = 16
_MOST_ITEMS = 4096
_LEAST = 2
_BSON_FIXED = {0x01: 8, 0x07: 12, 0x08: 1, 0x09: 8, 0x0A: 0, 0x10: 4, 0x11: 8, 0x12: 8, 0x13: 16}


OPENERS = bytes([*range(0x80, 0xC0), *range(0xDC, 0xE0)])
"""First bytes of maps and lists in CBOR and MessagePack."""

STRING_HEADS = bytes([*range(0x61, 0x79), *range(0xA1, 0xC0), 0xD9])
"""First bytes of short strings, and of maps of strings within lists."""

NAME_STARTS = b"$_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class _Broken(ValueError):
    """The bytes are no such message."""


class _Reader:
    """Reads one message from its first byte on and keeps where its strings stood."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.slices: list[Slice] = []
        self._items = 0

    def number(self, width: int, order: str = "big") -> int:
        """The unsigned number of the next `width` bytes."""
        start, end = self._take(width)
        return int.from_bytes(self.data[start:end], order)  # type: ignore[arg-type]

    def string(self, length: int) -> None:
        """A string of that many bytes."""
        start, end = self._take(length)
        if length >= _LEAST:
            self.slices.append((start, end))

    def skip(self, width: int) -> None:
        """Bytes that are no string."""
        self._take(width)

    def begin(self, depth: int) -> int:
        """The first byte of the next item; raises where there are too many, or too deep."""
        self._items += 1
        if depth > _DEEPEST or self._items > _MOST_ITEMS:
            raise _Broken
        return self.number(1)

    def _take(self, length: int) -> Slice:
        start, self.at = self.at, self.at + length
        if self.at > len(self.data):
            raise _Broken
        return start, self.at


def looks_structured(data: bytes) -> bool:
    """Whether the first bytes are those of a map or list that begins with a name, or of BSON."""
    if data[0] in OPENERS:
        return data[1] in STRING_HEADS and (data[2] in NAME_STARTS or data[1] in OPENERS)
    return data[2:4] == b"\0\0" and data.endswith(b"\0")


def strings_of(data: bytes) -> list[Slice]:
    """The strings of every reading that fits the whole message; [] where none does."""
    first = data[0] if data else 0
    if first in OPENERS:
        return _strings(data, _cbor) + _strings(data, _msgpack)
    if int.from_bytes(data[:4], "little") == len(data) and data.endswith(b"\0"):
        return _strings(data, _bson)
    return []


def _strings(data: bytes, read: Callable[[_Reader, int], None]) -> list[Slice]:
    reader = _Reader(data)
    try:
        read(reader, 0)
    except _Broken:
        return []
    return reader.slices if reader.at == len(data) else []


def _cbor(reader: _Reader, depth: int) -> None:
    kind, size = divmod(reader.begin(depth), 32)
    if size > 27:
        raise _Broken
    value = size if size < 24 else reader.number(1 << size - 24)
    if kind in (2, 3):
        reader.string(value)
    elif kind in (4, 5):
        for _ in range(value * (kind - 3)):
            _cbor(reader, depth + 1)
    elif kind == 6:
        _cbor(reader, depth + 1)


def _msgpack(reader: _Reader, depth: int) -> None:
    head = reader.begin(depth)
    if head < 0x80 or head >= 0xE0 or head in (0xC0, 0xC2, 0xC3):
        return
    if head < 0xA0:
        _msgpack_items(reader, (head & 15) << (head < 0x90), depth)
    elif head < 0xC0:
        reader.string(head & 31)
    elif 0xC4 <= head <= 0xC6:
        reader.string(reader.number(1 << head - 0xC4))
    elif 0xC7 <= head <= 0xC9:
        length = reader.number(1 << head - 0xC7)
        reader.skip(1)
        reader.string(length)
    elif 0xCA <= head <= 0xD8:
        reader.skip((4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17)[head - 0xCA])
    elif 0xD9 <= head <= 0xDB:
        reader.string(reader.number(1 << head - 0xD9))
    elif head >= 0xDC:
        pairs = head >= 0xDE
        _msgpack_items(reader, reader.number(4 if head & 1 else 2) << pairs, depth)
    else:
        raise _Broken


def _msgpack_items(reader: _Reader, count: int, depth: int) -> None:
    for _ in range(count):
        _msgpack(reader, depth + 1)


def _bson(reader: _Reader, depth: int) -> None:
    end = reader.at + reader.number(4, "little")
    while (kind := reader.begin(depth)) != 0:
        name_end = reader.data.find(b"\0", reader.at)
        if name_end < 0:
            raise _Broken
        reader.skip(name_end + 1 - reader.at)
        _bson_value(reader, kind, depth)
    if reader.at != end:
        raise _Broken


def _bson_value(reader: _Reader, kind: int, depth: int) -> None:
    if kind in (0x02, 0x0D, 0x0E):
        length = reader.number(4, "little")
        reader.string(max(0, length - 1))
        reader.skip(1)
    elif kind in (0x03, 0x04):
        _bson(reader, depth + 1)
    elif kind == 0x05:
        length = reader.number(4, "little")
        reader.skip(1)
        reader.string(length)
    elif kind in _BSON_FIXED:
        reader.skip(_BSON_FIXED[kind])
    else:
        raise _Broken
