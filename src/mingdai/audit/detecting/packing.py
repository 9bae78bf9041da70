"""Whether bytes that are no text open as something: a compressed stream or frames.

Asked of every random-looking token of a capture, so headers are checked before anything is tried.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mingdai.audit.detecting.framing import quick_payloads
from mingdai.audit.detecting.unpacking import (
    LIKELY_RATIO,
    ONE_BLOCK,
    STREAM_STARTS,
    inflate,
    may_be_brotli,
    may_be_deflate,
    unbrotli,
)

_HEAD = 12
"""How many first bytes are looked at in bulk."""

DEFLATE, BROTLI, FRAMES = 1, 2, 4
"""Kinds of packing that have no magic number."""

_PACKED_FROM = 8
_CONTROL = bytes(sorted({*range(9), 11, 12, *range(14, 32), 127}))
_MOST_CODES = 29
_STREAM_STARTS = [start[0] << 8 | start[1] for start in STREAM_STARTS]
_KEYS = np.array([byte >= 8 and byte & 7 in (0, 1, 2, 5) for byte in range(256)])
_KEYS[128:] = [byte & 7 in (0, 1, 2, 5) for byte in range(128, 256)]
_STRUCTURED = np.array([128 <= byte < 192 or 220 <= byte < 224 for byte in range(256)])
"""First bytes of maps and lists in CBOR and MessagePack."""

_STRING_KEYS = np.array([byte < 128 or 160 <= byte < 192 or byte == 217 for byte in range(256)])
_MORE = 0x80
_NEAR = _HEAD - 2
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


def packed_kinds(raws: Sequence[bytes]) -> list[int]:
    """How each may be packed, by its first bytes and its size.

    The kinds `is_packed` should try: all of them for a magic number, zero where none is possible.
    """
    heads = np.frombuffer(b"".join([raw[:_HEAD].ljust(_HEAD, b"\0") for raw in raws]), np.uint8)
    sizes = np.fromiter(map(len, raws), np.intp, len(raws))
    kinds: list[int] = _kinds(heads.reshape(-1, _HEAD), sizes).tolist()
    return kinds


def _kinds(heads: NDArray[np.uint8], sizes: NDArray[np.intp]) -> NDArray[np.intp]:
    one, two = heads[:, 0].astype(np.intp), heads[:, 1].astype(np.intp)
    streams = np.isin(one << 8 | two, _STREAM_STARTS)
    deflate = (one & 6 != 6) & ((one & 1 != 0) | (sizes >= ONE_BLOCK))
    deflate &= (one & 6 != 0) | (heads[:, 1] ^ heads[:, 3] == 255)
    deflate &= (one & 6 != 4) | ((one >> 3 <= _MOST_CODES) & (two & 31 <= _MOST_CODES))
    kinds: NDArray[np.intp] = DEFLATE * deflate + BROTLI * _may_be_brotli(heads, sizes)
    kinds += FRAMES * _may_be_frames(heads, sizes)
    kinds[streams] = DEFLATE | BROTLI | FRAMES
    kinds[sizes < _PACKED_FROM] = 0
    return kinds


def _may_be_brotli(heads: NDArray[np.uint8], sizes: NDArray[np.intp]) -> NDArray[np.bool_]:
    shift = _BROTLI_SHIFTS[heads[:, 0]]
    bits = np.ascontiguousarray(heads[:, :8]).view("<u8").ravel()
    length = (bits >> shift.astype(np.uint64) & np.uint64(0xFFFF)).astype(np.intp)
    length[shift == _LONG] = 1 << 16
    possible: NDArray[np.bool_] = (shift > 0) & (length < LIKELY_RATIO * sizes)
    possible |= shift == _UNSURE
    return possible


def _may_be_frames(heads: NDArray[np.uint8], sizes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Whether the first length is possible, and the second length or key where it stands near."""
    one, two, three, four = (heads[:, at].astype(np.intp) for at in range(4))
    length, at = _lengths(heads, np.zeros_like(sizes))
    varint: NDArray[np.bool_] = at + length <= sizes
    following, end = _lengths(heads, at + length)
    varint &= (at + length >= _NEAR) | (end + following <= sizes) | (at + length == sizes)
    zeros = ((one == 0) & (two == 0)) | ((three == 0) & ((two == 0) | (four == 0)))
    varint |= zeros | (one << 8 | two < sizes) | _may_be_fields(heads, sizes)
    varint |= _STRUCTURED[one] & _STRING_KEYS[two]
    return varint


def _may_be_fields(heads: NDArray[np.uint8], sizes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Protocol Buffers: a key of a known kind, a value that fits, and another such key."""
    one = heads[:, 0]
    kind = one & 7
    begin = np.where(one < _MORE, 1, 2)
    length, after = _lengths(heads, begin)
    end = np.select(
        [kind == 1, kind == 5, kind == 0], [begin + 8, begin + 4, after], after + length
    )
    following = _at(heads, end)
    far = (end >= _NEAR) | (end == sizes)
    possible: NDArray[np.bool_] = _KEYS[one] & (end <= sizes) & (far | _KEYS[following])
    return possible


def _lengths(
    heads: NDArray[np.uint8], at: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """A varint of one or two bytes at each position, and where it ends."""
    low, high = _at(heads, at).astype(np.intp), _at(heads, at + 1).astype(np.intp)
    long = low >= _MORE
    return np.where(long, low & 127 | (high & 127) << 7, low), at + 1 + long


def _at(heads: NDArray[np.uint8], at: NDArray[np.intp]) -> NDArray[np.uint8]:
    return np.take_along_axis(heads, np.minimum(at, _HEAD - 1)[:, None], 1).ravel()


def is_text(raw: bytes) -> bool:
    """Whether the bytes are ASCII without control characters, which no short stream is."""
    return raw.isascii() and len(raw.translate(None, _CONTROL)) == len(raw)


def is_opaque(raw: bytes) -> bool:
    """Whether bytes that open as nothing look encrypted rather than short or repetitive."""
    return len(raw) >= OPAQUE_FROM and len(set(raw[:64])) > _OPAQUE_BYTES
