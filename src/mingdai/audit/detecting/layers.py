"""What has been opened so far: a layer knows its bytes, where they came from and how.

The budget bounds a request: bytes decoded, layers opened and depth.  It counts bytes and not
seconds, so that the same request always ends at the same place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

MAX_DEPTH = 8
"""Decode steps below a place; deliberate nests deeper than this end with "budget reached"."""

_BASE_BYTES = 3 << 20
_STREAM_BYTES = 1 << 20
_PIECES = 8_000
_CHECKS = 8_000


_ESCAPES = frozenset(("percent", "json", "html-entity", "quoted-printable"))
"""Steps that leave most of a text as it stands."""

SEPARATOR = b"\n\0\n"
"""Between segments: no value, token or number goes across it."""


class Step(NamedTuple):
    """Undo `name` on the bytes `start` to `end` of the segment above."""

    name: str
    start: int
    end: int


class Piece(NamedTuple):
    """Decoded bytes, the segment above they came from, and the steps that gave them.

    Of a root's piece, `above` is the number of the request in its batch.
    """

    data: bytes
    above: int = 0
    steps: tuple[Step, ...] = ()


class Layer:
    """Everything opened at one depth, in one run of bytes with a segment for each piece.

    Several requests are searched together: `owners` says whose each piece is.
    """

    __slots__ = ("_pieces", "_starts", "_turned", "data", "depth", "owners", "parent")

    owners: list[int]

    def __init__(self, pieces: Sequence[Piece], parent: Layer | None = None) -> None:
        """The root's pieces are the places of the requests."""
        self.data = SEPARATOR.join([piece.data for piece in pieces])
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self._pieces = pieces
        sizes = [len(piece.data) + len(SEPARATOR) for piece in pieces]
        self._starts = [0, *accumulate(sizes)][:-1]
        self._turned = [_turned_from(piece, parent) for piece in pieces]
        self.owners = [parent.owners[piece.above] if parent else piece.above for piece in pieces]

    def segments(self) -> Iterator[tuple[int, int]]:
        """Start and end of each piece."""
        for start, piece in zip(self._starts, self._pieces, strict=True):
            yield start, start + len(piece.data)

    @property
    def separators(self) -> int:
        """How many separators stand between the pieces."""
        return len(self._pieces) - 1

    def index_at(self, position: int) -> int:
        """Which piece holds the byte at `position`."""
        return bisect_right(self._starts, position) - 1

    def owner_at(self, position: int) -> int:
        """Which request the byte at `position` belongs to."""
        return self.owners[bisect_right(self._starts, position) - 1]

    def turned_from(self, position: int) -> bytes:
        """The text that was turned to give the text at `position`, b"" where none was.

        What stands in it needs no turning back: to read it here could only lose what stood beside
        it.
        """
        return self._turned[bisect_right(self._starts, position) - 1]

    def bounds(self, index: int) -> tuple[int, int]:
        """Start and end of one piece."""
        start = self._starts[index]
        return start, start + len(self._pieces[index].data)

    def path(self, index: int) -> tuple[int, list[Step]]:
        """The root piece a piece came from, and all steps to it, outermost first."""
        if self.parent is None:
            return index, []
        piece = self._pieces[index]
        root, steps = self.parent.path(piece.above)
        return root, [*steps, *piece.steps]

    def came_by(self, index: int) -> Piece:
        """The piece itself."""
        return self._pieces[index]


def _turned_from(piece: Piece, parent: Layer | None) -> bytes:
    if parent is None or not piece.steps:
        return b""
    name, start, end = piece.steps[-1]
    low, _ = parent.bounds(piece.above)
    if name == "reverse":
        return parent.data[low + start : low + end]
    return parent.turned_from(low) if name in _ESCAPES else b""


@dataclass(frozen=True, slots=True)
class Hit:
    """A value seen at `start` to `end` of a layer; `hidden` characters were not shown."""

    field: str
    form: str
    layer: Layer
    start: int
    end: int
    steps: tuple[str, ...] = ()
    hidden: int = 0


class Budget:
    """How much decoding, and how many checks of what looks like a value, one request may cause."""

    def __init__(self, request_bytes: int) -> None:
        """A large request may cause as much again as it brought."""
        self.left = _BASE_BYTES + 2 * request_bytes
        self._pieces = _PIECES
        self._checks = _CHECKS
        self.reached = False

    def stream_limit(self) -> int:
        """The most one compressed stream may give, in bytes."""
        return max(0, min(self.left, _STREAM_BYTES))

    def spend(self, size: int) -> bool:
        """Take the cost of one piece; False, and remembered, where the budget does not allow it."""
        if size > self.left or not self._pieces:
            self.reached = True
            return False
        self.left -= size
        self._pieces -= 1
        return True

    def check(self) -> bool:
        """Take one check; False, and remembered, where there were too many."""
        if not self._checks:
            self.reached = True
            return False
        self._checks -= 1
        return True
