"""Whether bytes that are no text open as something: a compressed stream or frames.

Asked of every random-looking token of a capture, so headers are checked before anything is tried.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingdai.audit.detecting.framing import quick_payloads
from mingdai.audit.detecting.structuring import NAME_STARTS, OPENERS, STRING_HEADS
from mingdai.audit.detecting.unpacking import (
    LIKELY_RATIO,
    ONE_BLOCK,
    STREAM_STARTS,
    inflate,
    may_be_brotli,
    may_be_deflate,
    unbrotli,
)

_HEAD = 8
"""How many first bytes are looked at in bulk."""

DEFLATE, BROTLI, FRAMES = 1, 2, 4
"""Kinds of packing that have no magic number."""

_PACKED_FROM = 8
_CONTROL = bytes(sorted({*range(9), 11, 12, *range(14, 32), 127}))
_MOST_CODES = 29
_STREAM_STARTS = [start[0] << 8 | start[1] for start in STREAM_STARTS]
_KEYS = np.array([byte >= 8 and byte & 7 in (0, 1, 2, 5) for byte in range(256)])
_KEYS[128:] = [byte & 7 in (0, 1, 2, 5) for byte in range(128, 256)]
_OPENERS, _STRING_HEADS, _NAME_STARTS = (
    np.array([byte in characters for byte in range(256)])
    for characters in (OPENERS, STRING_HEADS, NAME_STARTS)
)
_MORE = 0x80
_KEYS_CHECKED = 3
_UNSURE, _LONG = 255, 63


def _brotli_shift(byte: int) -> int:
    """At which bit the first block's length begins; 0 where no stream begins so."""
    width = 1 if not byte & 1 else 4 if byte >> 1 & 7 else 7
    if width == 7:
        return 0 if byte >> 4 & 7 == 1 else _UNSURE
    last = byte >> width & 1
    if last and byte >> width + 1 & 1:
        return 0
    at = width + 1 + last
    nibbles = byte >> at & 3
    return 0 if nibbles == 3 else at + 2 if nibbles == 0 else _LONG


_BROTLI_SHIFTS = np.array([_brotli_shift(byte) for byte in range(256)])
_ENOUGH = 64
OPAQUE_FROM = 32
_OPAQUE_BYTES = 20


def is_packed(raw: bytes, kinds: int = DEFLATE | BROTLI | FRAMES) -> bool:
    """Whether the bytes are a compressed stream or frames, as far as their first bytes tell.

    `kinds` are those to try; streams with a magic number always count.
    """
    if len(raw) < _PACKED_FROM:
        return False
    return (
        raw.startswith(STREAM_STARTS)
        or bool(kinds & DEFLATE and may_be_deflate(raw) and _inflates(raw))
        or bool(kinds & BROTLI and may_be_brotli(raw) and unbrotli(raw, _ENOUGH))
        or bool(kinds & FRAMES and quick_payloads(raw))
    )


def _inflates(raw: bytes) -> bool:
    """As `inflate`; a short stream cannot grow much, and is tried at once and whole."""
    if len(raw) >= ONE_BLOCK:
        return bool(inflate(raw, _ENOUGH))
    try:
        return bool(zlib.decompress(raw, -15))
    except zlib.error:
        return False


class _Blobs(NamedTuple):
    """Many blobs in one run of bytes, with where each starts and how long it is."""

    data: NDArray[np.uint8]
    starts: NDArray[np.intp]
    sizes: NDArray[np.intp]

    def at(self, places: NDArray[np.intp]) -> NDArray[np.uint8]:
        """One byte of each blob; behind its end, any byte."""
        found: NDArray[np.uint8] = self.data[self.starts + np.minimum(places, self.sizes)]
        return found

    def lengths(self, places: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """A varint of one or two bytes at a place of each blob, and where it ends."""
        low, high = self.at(places).astype(np.intp), self.at(places + 1).astype(np.intp)
        long = low >= _MORE
        return np.where(long, low & 127 | (high & 127) << 7, low), places + 1 + long


def packed_kinds(raws: Sequence[bytes]) -> list[int]:
    """How each may be packed, by a few of its bytes and its size.

    The kinds `is_packed` should try: all of them for a magic number, zero where none is possible.
    """
    sizes = np.fromiter(map(len, raws), np.intp, len(raws))
    data = np.frombuffer(b"".join(raws) + bytes(_HEAD), np.uint8)
    kinds: list[int] = _kinds(_Blobs(data, np.cumsum(sizes) - sizes, sizes)).tolist()
    return kinds


def _kinds(blobs: _Blobs) -> NDArray[np.intp]:
    data, starts, sizes = blobs
    heads = data[starts[:, None] + np.arange(_HEAD)]
    one, two = heads[:, 0].astype(np.intp), heads[:, 1].astype(np.intp)
    streams = np.isin(one << 8 | two, _STREAM_STARTS)
    deflate = (one & 6 != 6) & ((one & 1 != 0) | (sizes >= ONE_BLOCK))
    deflate &= (one & 6 != 0) | (heads[:, 1] ^ heads[:, 3] == 255)
    deflate &= (one & 6 != 4) | ((one >> 3 <= _MOST_CODES) & (two & 31 <= _MOST_CODES))
    kinds: NDArray[np.intp] = DEFLATE * deflate + BROTLI * _may_be_brotli(heads, sizes)
    kinds += FRAMES * _may_be_frames(heads, blobs)
    kinds[streams] = DEFLATE | BROTLI | FRAMES
    kinds[sizes < _PACKED_FROM] = 0
    return kinds


def _may_be_brotli(heads: NDArray[np.uint8], sizes: NDArray[np.intp]) -> NDArray[np.bool_]:
    shift = _BROTLI_SHIFTS[heads[:, 0]]
    bits = np.ascontiguousarray(heads).view("<u8").ravel()
    length = (bits >> shift.astype(np.uint64) & np.uint64(0xFFFF)).astype(np.intp)
    length[shift == _LONG] = 1 << 16
    possible: NDArray[np.bool_] = (shift > 0) & (length < LIKELY_RATIO * sizes)
    possible |= shift == _UNSURE
    return possible


def _may_be_frames(heads: NDArray[np.uint8], blobs: _Blobs) -> NDArray[np.bool_]:
    """Whether the first two lengths, or keys, are possible."""
    sizes = blobs.sizes
    one, two, three, four = (heads[:, at].astype(np.intp) for at in range(4))
    length, at = blobs.lengths(np.zeros_like(sizes))
    following, end = blobs.lengths(at + length)
    possible: NDArray[np.bool_] = (at + length == sizes) | (end + following <= sizes)
    possible |= ((one == 0) & (two == 0)) | ((three == 0) & ((two == 0) | (four == 0)))
    possible |= (one << 8 | two < sizes) | _may_be_fields(blobs)
    possible |= _OPENERS[one] & _STRING_HEADS[two] & (_NAME_STARTS[three] | _OPENERS[two])
    return possible


def _may_be_fields(blobs: _Blobs) -> NDArray[np.bool_]:
    """Protocol Buffers: keys of known kinds, with values that fit, as far as three of them."""
    sizes = blobs.sizes
    at, done = np.zeros_like(sizes), np.zeros(len(sizes), np.bool_)
    possible = ~done
    for _ in range(_KEYS_CHECKED):
        key = blobs.at(at)
        kind, begin = key & 7, at + 1 + (key >= _MORE)
        length, after = blobs.lengths(begin)
        fixed = np.where(kind == 0, after, begin + np.where(kind == 1, 8, 4))
        end = np.where(kind == 2, after + length, fixed)
        possible &= done | (_KEYS[key] & (end <= sizes))
        done |= end == sizes
        at = np.where(done, at, end)
    return possible


def is_text(raw: bytes) -> bool:
    """Whether the bytes are ASCII without control characters, which no short stream is."""
    return raw.isascii() and len(raw.translate(None, _CONTROL)) == len(raw)


def is_opaque(raw: bytes) -> bool:
    """Whether bytes that open as nothing look encrypted rather than short or repetitive."""
    return len(raw) >= OPAQUE_FROM and len(set(raw[:64])) > _OPAQUE_BYTES
