"""One pass over bytes for all needles at once (hyperscan), and for signs of more inside.

A sign is not a finding: it says that a stretch of bytes looks like text, a compressed stream or a
mask, and so is worth opening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

import hyperscan

from mingdai.audit.detecting.masking import mask_trigger
from mingdai.audit.detecting.needles import Needle

Event = tuple[int, int, int]
"""Pattern id (a needle's index, or minus a sign), start (0 where unknown), end."""


class Sign(IntEnum):
    """What a match that is no needle says about the bytes before its end."""

    TOKEN = 1
    TEXT = 2
    WIDE_TEXT = 3
    GZIP = 4
    ZLIB = 5
    ZSTD = 6
    MASK = 7
    CODES = 8
    SPACED_HEX = 9
    TURNED = 10


_TOKEN = rb"[A-Za-z0-9+/_=%\\&;#.-]"
_NOT_TOKEN = rb"[^A-Za-z0-9+/_=%\\&;#.-]"
_SIGNS: dict[Sign, bytes] = {
    Sign.TOKEN: _TOKEN + rb"{8,}" + _NOT_TOKEN,
    Sign.TEXT: rb"[\x20-\x7e]{16,}[^\x20-\x7e]",
    Sign.WIDE_TEXT: rb"(?:[\x20-\x7e]\x00){4}",
    Sign.GZIP: rb"\x1f\x8b\x08",
    Sign.ZLIB: rb"\x78[\x01\x5e\x9c\xda]",
    Sign.ZSTD: rb"\x28\xb5\x2f\xfd",
    Sign.MASK: mask_trigger(),
    Sign.CODES: rb"(?:\d{2,5}[ ,;.\-]{1,2}){7}",
    Sign.SPACED_HEX: rb"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ :,.\-]{1,2}){7}",
    Sign.TURNED: rb"[0-9a-fA-F]{4}u\\[0-9a-fA-F]{4}u\\|;[0-9a-fA-F]{2,7}x?#&;"
    rb"|(?:[0-9A-F]{2}%){2}[^0-9A-Fa-f]|(?:[0-9a-f]{2}%){2}[^0-9A-Fa-f]"
    rb"|[0-9A-F]{2}=[0-9A-F]{2}=[^0-9A-F]|[0-9A-F]{2}52%(?:[0-9A-F]{2}52%|[0-9A-F]?[^0-9A-F])",
}
_TEXT_SIGNS = {Sign.TOKEN, Sign.TEXT}
DEEP = {Sign.TOKEN, Sign.TEXT, Sign.WIDE_TEXT, Sign.GZIP, Sign.ZSTD, Sign.MASK}
"""Signs that make a decoded token worth opening; ZLIB, two bytes, only at its very start."""


class Matcher:
    """All needles compiled into one automaton; to build it costs well under a second."""

    def __init__(self, needles: Sequence[Needle]) -> None:
        """Compile; raises ValueError for an empty list, which would find nothing anywhere."""
        if not needles:
            raise ValueError("a matcher without needles finds nothing")
        self.needles = _unique(needles)
        self._lengths = [each.length for each in self.needles]
        rows = [
            (
                each.pattern,
                number,
                hyperscan.HS_FLAG_DOTALL | (0 if each.exact else hyperscan.HS_FLAG_CASELESS),
            )
            for number, each in enumerate(self.needles)
        ]
        self._first_sign = len(rows)
        self._database = _compile([*rows, *self._signs(set(_SIGNS) - _TEXT_SIGNS)])
        self._texts = _compile(list(self._signs(_TEXT_SIGNS)))

    def scan(self, data: bytes) -> list[Event]:
        """Every match in `data`; a sign's id is negative.  Runs of text are no events here."""
        events: list[Event] = []
        first, lengths = self._first_sign, self._lengths

        def take(number: int, start: int, end: int, flags: int, context: object) -> None:
            del start, flags, context
            if number >= first:
                events.append((first - number, 0, end))
            else:
                events.append((number, end - lengths[number], end))

        self._database.scan(data, match_event_handler=take)
        return events

    def scan_decoded(self, data: bytes) -> list[Event]:
        """As `scan`, with runs of text too: in bytes decoded on a guess they say it was right."""
        events = self.scan(data)
        first = self._first_sign

        def take(number: int, start: int, end: int, flags: int, context: object) -> None:
            del start, flags, context
            events.append((first - number, 0, end))

        self._texts.scan(data, match_event_handler=take)
        return events

    def _signs(self, signs: Iterable[Sign]) -> Iterator[tuple[bytes, int, int]]:
        for sign in signs:
            yield _SIGNS[sign], self._first_sign + sign, hyperscan.HS_FLAG_DOTALL


def _compile(rows: Sequence[tuple[bytes, int, int]]) -> hyperscan.Database:
    patterns, ids, flags = zip(*rows, strict=True)
    database = hyperscan.Database()
    database.compile(
        expressions=list(patterns), ids=list(ids), elements=len(rows), flags=list(flags)
    )
    return database


def _unique(needles: Sequence[Needle]) -> list[Needle]:
    """The first needle of each pattern of a field: the plainest reading wins."""
    seen: dict[tuple[str, bytes], Needle] = {}
    for each in needles:
        seen.setdefault((each.field, each.pattern), each)
    return list(seen.values())
