"""Read WebSocket messages a browser sent out of the bytes after its handshake (RFC 6455, 7692)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from mingdai.audit.wiretap.http1 import Stream

_CONTROL = 0x8
_TAIL = b"\x00\x00\xff\xff"
_MOST = 8 << 20


def messages_in(stream: Stream, start: int) -> Iterator[tuple[float, bytes]]:
    """Each whole data message from offset `start` on, with the time its first frame left."""
    inflater = zlib.decompressobj(-15)
    held, began, packed = bytearray(), 0.0, False
    at = start
    while (frame := _frame(stream.data, at)) is not None:
        first, payload, end = frame
        if not first & _CONTROL:
            if first & 0x0F:
                held, began, packed = bytearray(), stream.time_at(at), bool(first & 0x40)
            held += payload
            if first & 0x80:
                yield began, _opened(inflater, bytes(held)) if packed else bytes(held)
        at = end


def _opened(inflater: zlib._Decompress, data: bytes) -> bytes:
    try:
        return inflater.decompress(data + _TAIL, _MOST)
    except zlib.error:
        return data


def _frame(data: bytearray, at: int) -> tuple[int, bytes, int] | None:
    if at + 2 > len(data):
        return None
    first, second = data[at], data[at + 1]
    size, at = second & 0x7F, at + 2
    if size >= 126:
        width = 2 if size == 126 else 8
        size, at = int.from_bytes(data[at : at + width], "big"), at + width
    mask, at = (bytes(data[at : at + 4]), at + 4) if second & 0x80 else (b"", at)
    payload = bytes(data[at : at + size])
    if len(payload) < size:
        return None
    return first, _unmasked(payload, mask), at + size


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    if not mask or not payload:
        return payload
    key = (mask * (len(payload) // 4 + 1))[: len(payload)]
    mixed = int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")
    return mixed.to_bytes(len(payload), "big")
