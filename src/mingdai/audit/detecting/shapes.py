"""Find stretches of one alphabet in bytes, all at once, and tell tokens by their characters.

numpy touches every byte; Python sees only the stretches that are long enough.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

BLOB_FROM = 11
"""Shortest token that may be binary data in base64: an MD5's middle is eight bytes."""

_TOKEN_FROM = 6
_NUMBER_UP_TO = 15
"""A run of digits alone this long is a number: as hexadecimal it would be no text of a value."""

_WORD_UP_TO = 23
"""A run of lower-case letters this long is words: base64 and base32 have others by then."""

_GLUED_UP_TO = 48
_MAX_SUFFIXES = 8
_LONGEST_PATH = 4096
_HEAD = re.compile(rb"(?:[a-z0-9]{0,24}|[A-Z]?[a-z]{0,24})[/_\-]")
_JOINT = re.compile(rb"[/_\-]")
_LOWER = b"abcdefghijklmnopqrstuvwxyz"
_UPPER = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = b"0123456789"
_PAD = ord("=")
_CLASSES = ((_LOWER, 1), (_UPPER, 2), (_DIGITS, 4), (b"+/_-", 8))

Spans = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Starts and ends."""


class Alphabet:
    """Sets of bytes; each has a bit of its own, bytes of none are zero."""

    __slots__ = ("_table",)

    def __init__(self, *classes: tuple[bytes, int]) -> None:
        table = bytearray(256)
        for characters, bit in classes:
            for byte in characters:
                table[byte] = bit
        self._table = bytes(table)

    def stretches(self, data: bytes, least: int) -> Spans:
        """Every longest stretch of at least `least` bytes of the alphabet."""
        starts, ends = _stretches(self._bits(data))
        long = ends - starts >= least
        return starts[long], ends[long]

    def classified(self, data: bytes, least: int) -> tuple[Spans, NDArray[np.uint8]]:
        """As `stretches`, with the bits of all its bytes for each."""
        bits = self._bits(data)
        starts, ends = _stretches(bits)
        long = ends - starts >= least
        starts, ends = starts[long], ends[long]
        if not len(starts):
            return (starts, ends), np.zeros(0, np.uint8)
        pairs = np.stack((starts + 1, ends + 1), axis=1).ravel()
        return (starts, ends), np.bitwise_or.reduceat(bits, pairs)[::2]

    def _bits(self, data: bytes) -> NDArray[np.uint8]:
        return np.frombuffer(b"\0" + data.translate(self._table) + b"\0", np.uint8)


def _stretches(bits: NDArray[np.uint8]) -> Spans:
    """In positions of the data, which starts at `bits[1]`."""
    inside = bits != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2], edges[1::2]


_RUN64 = Alphabet(*_CLASSES)
RUN16 = Alphabet((b"0123456789abcdefABCDEF", 1))
RUNS32 = (Alphabet((_UPPER + b"234567", 1)), Alphabet((_LOWER + b"234567", 1)))


def tokens_of(data: bytes) -> tuple[list[bytes], list[int]]:
    """Runs of base64 characters (either alphabet) and their starts; words and numbers left out.

    What is padded is neither, whatever it looks like.
    """
    (starts, ends), bits = _RUN64.classified(data, _TOKEN_FROM)
    sizes = ends - starts
    kept = (bits & 2 != 0) | (bits & 5 == 5) | (sizes > _WORD_UP_TO)
    kept |= (bits & 1 == 0) & (sizes > _NUMBER_UP_TO)
    if b"==" in data:
        around = np.frombuffer(data + b"\0\0", np.uint8)
        kept |= (around[ends] == _PAD) & (around[ends + 1] == _PAD)
    begins = starts[kept].tolist()
    return [data[s:e] for s, e in zip(begins, ends[kept].tolist(), strict=True)], begins


def mixed_runs(
    joined: bytes,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.intp], NDArray[np.intp]]:
    """Of every token: whether it may be binary data in base64, whether it has separators, where.

    Such data mixes cases within its first characters.
    """
    (starts, ends), bits = _RUN64.classified(joined, _TOKEN_FROM)
    mixed = (bits & 3 == 3) & (ends - starts >= BLOB_FROM)
    return mixed, bits & 8 != 0, starts, ends


def parts_of(token: bytes) -> list[tuple[int, int]]:
    """Start and end of what stands behind each separator of a path or a prefixed name.

    A slash may also be part of what stands there, so each part is given up to the next slash and
    to the token's end.
    """
    head = None if token.isalnum() else _HEAD.match(token)
    if head is None or len(token) > _LONGEST_PATH:
        return []
    starts = [found.end() for found in _JOINT.finditer(token, head.end() - 1)][:_MAX_SUFFIXES]
    size = len(token)
    parts = [(at, end) for at in starts for end in (size, token.find(b"/", at))]
    return [(at, end) for at, end in parts if end - at >= BLOB_FROM]


def stands_apart(joined: bytes, start: int, end: int, run: int) -> bool:
    """Whether a stretch is a whole word, or glued to others in a `run` short enough to look into.

    A short number is neither.  `joined` has a byte before and after every stretch.
    """
    if end - start <= _NUMBER_UP_TO and joined[start:end].isdigit():
        return False
    if run <= _GLUED_UP_TO or joined[start - 2 : start] in (b"0x", b"0X"):
        return True
    return not (joined[start - 1 : start].isalnum() or joined[end : end + 1].isalnum())
