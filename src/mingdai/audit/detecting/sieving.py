"""Pick, out of the many tokens of a request, the few whose decoded bytes are worth a look.

Tokens are joined and decoded in bulk at every alignment, and the result is scanned once: decoding
and scanning cost little, calls cost much.  What is picked is decoded again on its own, so a sieve
can lose time by picking too much but never invent a finding.
"""

from __future__ import annotations

import binascii
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from mingdai.audit.detecting.decoding import URL_SAFE, unbase32
from mingdai.audit.detecting.matching import DEEP, Matcher, Sign

RUN64 = re.compile(rb"[A-Za-z0-9+/_\-]{6,}")
RUN16 = re.compile(rb"[0-9a-fA-F]{12,}")
RUN32 = re.compile(rb"[A-Z2-7]{10,}|[a-z2-7]{10,}")

Picked = tuple[bytes, int, bool]
"""The token as it stands, how many leading characters to leave out, and whether to turn it first."""

_PAD64 = (b"AAAA", b"AAAAAAA", b"AAAAAA", b"AAAAA")
_PAD16 = (b"0000", b"00000")
_PAD32 = tuple(b"A" * (8 + -n % 8) for n in range(8))
_DEEP = frozenset(-int(sign) for sign in DEEP)
_ZLIB = -int(Sign.ZLIB)
_TURN_FROM = 11


def sieve64(matcher: Matcher, tokens: Sequence[bytes]) -> Iterator[Picked]:
    """Tokens that hold something as base64, at any of the four alignments, or backwards."""
    padded = [token + _PAD64[len(token) & 3] for token in tokens]
    yield from _sieve(matcher, tokens, padded, _Code(_bulk64, 4, 4, 3))
    long = [token for token in tokens if len(token) >= _TURN_FROM and not token.islower()]
    turned = [token[::-1] for token in long]
    padded = [token + _PAD64[len(token) & 3] for token in turned]
    for index, skip, _ in _picked(matcher, padded, _Code(_bulk64, 1, 4, 3)):
        yield long[index], skip, True


def sieve16(matcher: Matcher, tokens: Sequence[bytes]) -> Iterator[Picked]:
    """Tokens that hold something as hexadecimal, at either alignment, or backwards."""
    padded = [token + _PAD16[len(token) & 1] for token in tokens]
    yield from _sieve(matcher, tokens, padded, _Code(binascii.unhexlify, 2, 2, 1))
    turned = [token[::-1] + _PAD16[len(token) & 1] for token in tokens]
    for index, skip, _ in _picked(matcher, turned, _Code(binascii.unhexlify, 1, 2, 1)):
        yield tokens[index], skip, True


def sieve32(matcher: Matcher, tokens: Sequence[bytes]) -> Iterator[Picked]:
    """Tokens that hold something as base32, at any of the eight alignments, or backwards."""
    padded = [token + _PAD32[len(token) & 7] for token in tokens]
    yield from _sieve(matcher, tokens, padded, _Code(unbase32, 8, 8, 5))
    turned = [token[::-1] + _PAD32[len(token) & 7] for token in tokens]
    for index, skip, _ in _picked(matcher, turned, _Code(unbase32, 1, 8, 5)):
        yield tokens[index], skip, True


class _Code:
    """How a code is undone in bulk: so many alignments, `chars` characters for `size` bytes."""

    __slots__ = ("alignments", "chars", "decode", "size")

    def __init__(
        self, decode: Callable[[bytes], bytes], alignments: int, chars: int, size: int
    ) -> None:
        self.decode = decode
        self.alignments = alignments
        self.chars = chars
        self.size = size


def _sieve(
    matcher: Matcher, tokens: Sequence[bytes], padded: Sequence[bytes], code: _Code
) -> Iterator[Picked]:
    for index, skip, _ in _picked(matcher, padded, code):
        yield tokens[index], skip, False


def _picked(
    matcher: Matcher, padded: Sequence[bytes], code: _Code
) -> Iterator[tuple[int, int, bool]]:
    """Index of each token worth opening, with the alignment that showed it."""
    joined = b"".join(padded)
    ends: list[int] = []
    for skip in range(code.alignments if joined else 0):
        stop = len(joined) - (code.chars if skip else 0) + skip
        events = matcher.scan_decoded(code.decode(joined[skip:stop]))
        if not events:
            continue
        ends = ends or list(accumulate(map(len, padded)))
        indexes = set()
        for number, _, end in events:
            index = bisect_right(ends, skip + (end - 1) * code.chars // code.size)
            if number >= 0 or number in _DEEP:
                indexes.add(index)
            elif number == _ZLIB:
                start = ends[index - 1] if index else 0
                if (end * code.chars // code.size) - start <= 4 * code.chars:
                    indexes.add(index)
        for index in sorted(indexes):
            if index < len(padded):
                yield index, skip, False


def _bulk64(joined: bytes) -> bytes:
    return binascii.a2b_base64(joined.translate(URL_SAFE))
