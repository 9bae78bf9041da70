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
_PIECE_COST = 64


SEPARATOR = b"\n\0\n"
"""Between segments: no value, token or number goes across it."""


class Step(NamedTuple):
    """Undo `name` on the bytes `start` to `end` of the segment above."""

    name: str
    start: int
    end: int


class Piece(NamedTuple):
    """Decoded bytes, the segment above they came from, and the steps that gave them."""

    data: bytes
    above: int = 0
    steps: tuple[Step, ...] = ()


class Layer:
    """Everything opened at one depth, in one run of bytes with a segment for each piece."""

    __slots__ = ("_pieces", "_starts", "data", "depth", "parent")

    def __init__(self, pieces: Sequence[Piece], parent: Layer | None = None) -> None:
        """The root's pieces are the places of the request."""
        self.data = SEPARATOR.join([piece.data for piece in pieces])
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self._pieces = pieces
        sizes = [len(piece.data) + len(SEPARATOR) for piece in pieces]
        self._starts = [0, *accumulate(sizes)][:-1]

    def segments(self) -> Iterator[tuple[int, int]]:
        """Start and end of each piece."""
        for start, piece in zip(self._starts, self._pieces, strict=True):
            yield start, start + len(piece.data)

    def index_at(self, position: int) -> int:
        """Which piece holds the byte at `position`."""
        return bisect_right(self._starts, position) - 1

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
    """How much decoding one request may cause."""

    def __init__(self, request_bytes: int) -> None:
        """A large request may cause as much again as it brought."""
        self.left = _BASE_BYTES + 2 * request_bytes
        self.reached = False

    def stream_limit(self) -> int:
        """The most one compressed stream may give, in bytes."""
        return max(0, min(self.left, _STREAM_BYTES))

    def spend(self, size: int) -> bool:
        """Take the cost of one piece; False, and remembered, where the budget does not allow it."""
        cost = size + _PIECE_COST
        if cost > self.left:
            self.reached = True
            return False
        self.left -= cost
        return True
