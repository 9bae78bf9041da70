"""Pick, out of the many tokens of a batch, the few whose decoded bytes are worth a look.

Tokens are joined, decoded at every alignment and scanned once: decoding and scanning cost little,
calls cost much.  What is picked is decoded again on its own, so a sieve can lose time by picking
too much but never invent a finding.
"""

from __future__ import annotations

import binascii
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingdai.audit.detecting.decoding import URL_SAFE, unbase32
from mingdai.audit.detecting.matching import DEEP, Matcher, Sign

_DEEP = frozenset(-int(sign) for sign in DEEP)
_TEXTS = frozenset((-int(Sign.TOKEN), -int(Sign.TEXT)))
_ZLIB = -int(Sign.ZLIB)
_GLUED_FROM = 16
_GLUED_UP_TO = 48


Pick = tuple[int, int]
"""A character of the joined tokens at which something was seen, and where its groups begin.

The latter is the place of the first group, below the group's length.
"""


class Guess(NamedTuple):
    """Which token, how many leading characters to skip, and whether it is turned first."""

    at: int
    skip: int
    turned: bool


class _Code(NamedTuple):
    """How a code is undone in bulk: `chars` characters for `size` bytes.

    `zero` is the character of zero bits, with which a text is filled up to whole groups.
    """

    decode: Callable[[bytes], bytes]
    zero: bytes
    chars: int
    size: int


def _filled(characters: bytes) -> bytes:
    """A table that gives every other byte the meaning of zero bits."""
    return bytes(byte if byte in characters else ord("A") for byte in range(256))


_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TABLE64 = URL_SAFE.translate(_filled(_LETTERS))


def _bulk64(joined: bytes) -> bytes:
    return binascii.a2b_base64(joined.translate(_TABLE64))


_BASE64 = _Code(_bulk64, b"A", 4, 3)
_BASE32 = _Code(unbase32, b"A", 8, 5)
_BASE16 = _Code(binascii.unhexlify, b"0", 2, 1)


class Sieve64:
    """The joined tokens as base64, decoded where they stand at each of the four alignments."""

    __slots__ = ("_bases", "_decoded", "_whole")

    def __init__(self, joined: bytes) -> None:
        text = joined.translate(_TABLE64)
        self._decoded = [
            binascii.a2b_base64(text[phase : phase + (len(text) - phase) // 4 * 4])
            for phase in range(4)
        ]
        self._whole = b"".join(self._decoded)
        self._bases = np.array([0, *accumulate(map(len, self._decoded))])

    def bytes_of(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> list[bytes]:
        """What the characters of each stretch stand for."""
        begins = self._places(starts)
        stops = begins + (ends - starts) * 3 // 4
        whole = self._whole
        return [whole[a:b] for a, b in zip(begins.tolist(), stops.tolist(), strict=True)]

    def picks(self, matcher: Matcher, starts: Sequence[int]) -> Iterator[Pick]:
        """Where something shows; `starts` are those of the tokens."""
        for phase, data in enumerate(self._decoded):
            for number, _, end in matcher.scan_decoded(data):
                last = end - 2 if number in _TEXTS else end - 1
                at = phase + last * 4 // 3
                if number >= 0 or number in _DEEP:
                    yield at, phase
                elif number == _ZLIB:
                    index = bisect_right(starts, at) - 1
                    if at - starts[max(index, 0)] <= 8:
                        yield at, phase

    def _places(self, starts: NDArray[np.intp]) -> NDArray[np.intp]:
        phases = starts % 4
        places: NDArray[np.intp] = self._bases[phases] + (starts - phases) // 4 * 3
        return places


def turned64(matcher: Matcher, tokens: Sequence[bytes]) -> list[int]:
    """Index of each token that holds something as base64 written backwards."""
    return _readable(matcher, [token[::-1] for token in tokens], _BASE64)


def readable16(matcher: Matcher, tokens: Sequence[bytes]) -> Iterator[Guess]:
    """Tokens that hold something as hexadecimal, at either alignment, or backwards."""
    count = len(tokens)
    cut = [*tokens, *[token[1:] for token in tokens], *[token[::-1] for token in tokens]]
    for at in _readable(matcher, cut, _BASE16):
        yield Guess(at % count, int(count <= at < 2 * count), at >= 2 * count)


def readable32(matcher: Matcher, tokens: Sequence[bytes]) -> Iterator[Guess]:
    """Tokens that hold something as base32, at any of the eight alignments, or backwards."""
    guesses = [Guess(at, 0, turned) for at in range(len(tokens)) for turned in (False, True)]
    guesses += [
        Guess(at, skip, False)
        for at, token in enumerate(tokens)
        if _GLUED_FROM <= len(token) <= _GLUED_UP_TO
        for skip in range(1, 8)
    ]
    cut = [tokens[at][::-1] if turned else tokens[at][skip:] for at, skip, turned in guesses]
    return (guesses[index] for index in _readable(matcher, cut, _BASE32))


def _readable(matcher: Matcher, texts: Sequence[bytes], code: _Code) -> list[int]:
    """Index of each text that holds something when decoded from its first character on."""
    if not texts:
        return []
    _, zero, chars, size = code
    pads = [zero * (chars + -length % chars) for length in range(chars)]
    padded = [text + pads[len(text) % chars] for text in texts]
    ends = list(accumulate(map(len, padded)))
    seen: set[int] = set()
    for number, _, end in matcher.scan_decoded(code.decode(b"".join(padded))):
        if number >= 0 or number in _DEEP or number == _ZLIB:
            seen.add(bisect_right(ends, (end - 1) * chars // size))
    return sorted(seen.difference((len(texts),)))
