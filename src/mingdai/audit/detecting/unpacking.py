"""Open compressed streams, never further than a given number of bytes.

gzip RFC 1952, zlib RFC 1950, raw deflate RFC 1951, brotli RFC 7932, zstd RFC 8878.  A stream cut
short gives what it holds; data that is no such stream gives None.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import zstandard

ONE_BLOCK = 64
"""A deflate stream shorter than this has one block, marked as the last."""

_WHOLE_UP_TO = 1 << 16
_WORTH = 32
"""A damaged stream counts only if it gave this many bytes: less is chance."""


STREAM_STARTS = (
    b"\x78\x01",
    b"\x78\x5e",
    b"\x78\x9c",
    b"\x78\xda",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
)
"""First bytes of zlib, gzip and zstd streams."""

LIKELY_RATIO = 120
"""Brotli that is small enough to stand in a token rarely holds more than this times its size."""


def gunzip(data: bytes, limit: int) -> bytes | None:
    """A gzip member."""
    return _inflate(data, limit, 31)


def unzlib(data: bytes, limit: int) -> bytes | None:
    """A zlib stream."""
    return _inflate(data, limit, 15)


def inflate(data: bytes, limit: int) -> bytes | None:
    """A deflate stream without header."""
    return _inflate(data, limit, -15) if may_be_deflate(data) else None


def may_be_deflate(data: bytes) -> bool:
    """Whether the first block's header is one (§3.2.3, §3.2.4)."""
    if not data or data[0] & 6 == 6 or (len(data) < ONE_BLOCK and not data[0] & 1):
        return False
    return data[0] & 6 != 0 or (
        len(data) > 4 and data[1] ^ data[3] == 255 and data[2] ^ data[4] == 255
    )


def unbrotli(data: bytes, limit: int) -> bytes | None:
    """A brotli stream, which has no magic number."""
    stream = brotli.Decompressor()
    out = bytearray()
    try:
        out += stream.process(data, output_buffer_limit=limit)
        while not stream.can_accept_more_data() and len(out) < limit:
            more = stream.process(b"", output_buffer_limit=limit - len(out))
            if not more:
                break
            out += more
    except brotli.error:
        return bytes(out[:limit]) if len(out) >= _WORTH else None
    return bytes(out[:limit]) if out and (stream.is_finished() or len(out) >= _WORTH) else None


def may_be_brotli(data: bytes, ratio: int = LIKELY_RATIO) -> bool:
    """Whether the stream header is one, and its first block of a plausible length (§9.1, §9.2)."""
    bits = int.from_bytes(data[:8], "little")
    if not bits & 1:
        bits >>= 1
    elif bits >> 1 & 7:
        bits >>= 4
    elif bits >> 4 & 7 == 1:
        return False
    else:
        bits >>= 7
    last = bits & 1
    if last and bits & 2:
        return False
    bits >>= 2 if last else 1
    nibbles = 4 + (bits & 3)
    length = 1 + (bits >> 2 & (1 << 4 * nibbles) - 1)
    if nibbles == 7 or (nibbles > 4 and (length - 1) >> 4 * (nibbles - 1) == 0):
        return False
    stored = not last and bits >> 2 + 4 * nibbles & 1
    return length <= (len(data) if stored else ratio * len(data))


def unzstd(data: bytes, limit: int) -> bytes | None:
    """A zstd frame."""
    stream = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    out = bytearray()
    try:
        with stream.stream_reader(data) as reader:
            while len(out) < limit:
                more = reader.read(min(limit - len(out), 1 << 16))
                if not more:
                    break
                out += more
    except zstandard.ZstdError:
        return bytes(out) if len(out) >= _WORTH else None
    return bytes(out) or None


UNPACKERS: dict[str, Callable[[bytes, int], bytes | None]] = {
    "gzip": gunzip,
    "zlib": unzlib,
    "deflate": inflate,
    "brotli": unbrotli,
    "zstd": unzstd,
}


def is_whole(data: bytes) -> bool:
    """Whether the bytes are no gzip, zlib or zstd stream, or one that ends where they end."""
    if not data.startswith(STREAM_STARTS):
        return True
    try:
        if data.startswith(STREAM_STARTS[-1]):
            return bool(zstandard.ZstdDecompressor().decompress(data, _WHOLE_UP_TO))
        stream = zlib.decompressobj(47)
        stream.decompress(data, _WHOLE_UP_TO)
    except (zlib.error, zstandard.ZstdError):
        return False
    return stream.eof


def _inflate(data: bytes, limit: int, wbits: int) -> bytes | None:
    stream = zlib.decompressobj(wbits)
    try:
        out = stream.decompress(data, limit)
    except zlib.error:
        return _inflate_slowly(data, limit, wbits)
    if not out or not (stream.eof or len(out) >= _WORTH):
        return None
    return out


def _inflate_slowly(data: bytes, limit: int, wbits: int) -> bytes | None:
    """What a stream gave before its damage, read in small steps (the fast way loses it)."""
    if wbits < 0:
        return None
    stream = zlib.decompressobj(wbits)
    out = bytearray()
    try:
        for at in range(0, min(len(data), 1 << 16), 64):
            out += stream.decompress(data[at : at + 64], max(1, limit - len(out)))
    except zlib.error:
        pass
    return bytes(out) if len(out) >= _WORTH else None
