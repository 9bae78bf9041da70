"""Pick, out of the many tokens of a request, the few whose decoded bytes are worth a look.

Tokens are joined and decoded in bulk at every alignment, and the result is scanned once: decoding
and scanning cost little, calls cost much.  What is picked is decoded again on its own, so a sieve
can lose time by picking too much but never invent a finding.
"""

from __future__ import annotations

import binascii
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from mingdai.audit.detecting.decoding import URL_SAFE, unbase32
from mingdai.audit.detecting.matching import DEEP, Matcher, Sign

RUN64 = re.compile(rb"[A-Za-z0-9+/_\-]{6,}")
_RUN16 = re.compile(rb"[0-9a-fA-F]{12,}")
_UPPER32 = re.compile(rb"[A-Z2-7]{10,}")
_LOWER32 = re.compile(rb"[a-z2-7]{10,}")

Picked = tuple[bytes, int, bool]
"""The token as it stands, how many leading characters to skip, whether it is turned first."""

_PAD64 = (b"AAAA", b"AAAAAAA", b"AAAAAA", b"AAAAA")
_PAD16 = (b"0000", b"00000")
_PAD32 = tuple(b"A" * (8 + -n % 8) for n in range(8))
_DEEP = frozenset(-int(sign) for sign in DEEP)
_ZLIB = -int(Sign.ZLIB)
_TURN_FROM = 11
_LOWER_FROM = 16
_GLUED_FROM = 16
_GLUED_UP_TO = 48
_WORD_UP_TO = 24
_HEX_DIGITS = b"0123456789abcdefABCDEF"


def runs32(tokens: Iterable[bytes]) -> list[bytes]:
    """Runs of the base32 alphabet in one case, words of letters only left out.

    A long token counts as a whole or not at all: only short ones are searched for glued runs.
    """
    joined = b"\n".join(
        token
        for token in tokens
        if len(token) <= _GLUED_UP_TO or token.isupper() or token.islower()
    )
    found: set[bytes] = set()
    found.update(
        run for run in _LOWER32.findall(joined) if len(run) >= _WORD_UP_TO or not run.isalpha()
    )
    found.update(_UPPER32.findall(joined))
    return list(found)


def runs16(tokens: Iterable[bytes]) -> list[bytes]:
    """Runs of hexadecimal; a long token counts as a whole or not at all."""
    joined = b"\n".join(
        token
        for token in tokens
        if len(token) <= _GLUED_UP_TO or not token.translate(None, _HEX_DIGITS)
    )
    return list(set(_RUN16.findall(joined)))


def sieve64(matcher: Matcher, tokens: Sequence[bytes]) -> Iterator[Picked]:
    """Tokens that hold something as base64, at any of the four alignments, or backwards."""
    likely = [token for token in tokens if not _is_plain_word(token)]
    padded = [token + _PAD64[len(token) & 3] for token in likely]
    for index, skip in _picked(matcher, padded, _Code(_bulk64, 4, 4, 3)):
        yield likely[index], skip, False
    long = [token for token in likely if len(token) >= _TURN_FROM and not token.islower()]
    turned = [token[::-1] + _PAD64[len(token) & 3] for token in long]
    for index, skip in _picked(matcher, turned, _Code(_bulk64, 1, 4, 3)):
        yield long[index], skip, True


def sieve16(matcher: Matcher, tokens: Sequence[bytes]) -> Iterator[Picked]:
    """Tokens that hold something as hexadecimal, at either alignment, or backwards."""
    padded = [token + _PAD16[len(token) & 1] for token in tokens]
    for index, skip in _picked(matcher, padded, _Code(binascii.unhexlify, 2, 2, 1)):
        yield tokens[index], skip, False
    turned = [token[::-1] + _PAD16[len(token) & 1] for token in tokens]
    for index, skip in _picked(matcher, turned, _Code(binascii.unhexlify, 1, 2, 1)):
        yield tokens[index], skip, True


def sieve32(matcher: Matcher, tokens: Sequence[bytes]) -> Iterator[Picked]:
    """Tokens that hold something as base32, at any of the eight alignments, or backwards."""
    guesses: list[Picked] = [(token, 0, False) for token in tokens]
    guesses += [(token, 0, True) for token in tokens]
    guesses += [
        (token, skip, False)
        for token in tokens
        if _GLUED_FROM <= len(token) <= _GLUED_UP_TO
        for skip in range(1, 8)
    ]
    cut = [token[::-1] if turned else token[skip:] for token, skip, turned in guesses]
    padded = [token + _PAD32[len(token) & 7] for token in cut]
    for index, _ in _picked(matcher, padded, _Code(unbase32, 1, 8, 5)):
        yield guesses[index]


def _is_plain_word(token: bytes) -> bool:
    """Lower-case words, hexadecimal and numbers: base64 of anything has capitals by its length."""
    if token.islower():
        return len(token) >= _LOWER_FROM or token.isalpha()
    return token.isdigit()


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


def _picked(matcher: Matcher, padded: Sequence[bytes], code: _Code) -> Iterator[tuple[int, int]]:
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
                yield index, skip


def _bulk64(joined: bytes) -> bytes:
    return binascii.a2b_base64(joined.translate(URL_SAFE))
