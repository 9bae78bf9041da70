"""The writer's state: the right edge of the tree, and the tiles that change when it grows.

Holds a few kilobytes however large the log, and writes no file itself.  After a failed publication
throw the frontier away and load it again from the published tiles: it has already moved on.
Source: C2SP tlog-tiles, RFC 6962 §2.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingdai_proofs.encodings import HASH_BYTES
from mingdai_proofs.merkle import fold_peaks, pair_hashes
from mingdai_proofs.tiles import (
    TILE_HEIGHT,
    TILE_WIDTH,
    FileReader,
    TileHashes,
    read_tile,
    tile_path,
    tile_width,
)

TILE_BYTES = TILE_WIDTH * HASH_BYTES


@dataclass(frozen=True, slots=True)
class TileChanges:
    """What one append changed: the new size and root, and each tile file (path, bytes)."""

    size: int
    root: bytes
    files: tuple[tuple[str, bytes], ...]


class Frontier:
    """The right edge of a tree of `size` leaves.  A new one is the empty tree."""

    def __init__(self) -> None:
        """Start with no leaves."""
        self.size = 0
        self._peaks: list[bytes | None] = []
        self._tails: list[bytes] = []

    @classmethod
    def load(cls, read: FileReader, size: int) -> Frontier:
        """The frontier of a published log of `size` entries, from its tiles.

        Compare `root` with the signed checkpoint before appending.  Raises Flawed for tiles that
        are missing or of the wrong length.
        """
        found = cls()
        hashes = TileHashes(read, size)
        found.size = size
        for level in range(size.bit_length()):
            index = size >> level
            found._peaks.append(hashes.hash_at(level, index - 1) if index & 1 else None)
        for level in range((size.bit_length() + TILE_HEIGHT - 1) // TILE_HEIGHT):
            number = (size >> TILE_HEIGHT * level) // TILE_WIDTH
            width = tile_width(level, number, size)
            found._tails.append(read_tile(read, level, number, size) if width else b"")
        return found

    @property
    def root(self) -> bytes:
        """The root of the tree so far."""
        return fold_peaks(peak for peak in self._peaks if peak)

    def append(self, leaf_hashes: Sequence[bytes]) -> TileChanges:
        """Grow by these leaf hashes; answer the tiles that changed, and the new root."""
        row, level = list(leaf_hashes), 0
        files: list[tuple[str, bytes]] = []
        while row:
            if level % TILE_HEIGHT == 0:
                files += self._extend_tiles(level // TILE_HEIGHT, row)
            if level == len(self._peaks):
                self._peaks.append(None)
            peak = self._peaks[level]
            if peak:
                row.insert(0, peak)
            self._peaks[level] = row[-1] if len(row) % 2 else None
            row, level = pair_hashes(row), level + 1
        self.size += len(leaf_hashes)
        return TileChanges(self.size, self.root, tuple(files))

    def partials(self) -> list[tuple[str, bytes]]:
        """The partial tiles (path, bytes) of this size, lowest level first."""
        found = []
        for level, tail in enumerate(self._tails):
            if tail:
                number = (self.size >> TILE_HEIGHT * level) // TILE_WIDTH
                width = len(tail) // HASH_BYTES
                found.append((tile_path(level, number, width=width), tail))
        return found

    def _extend_tiles(self, level: int, row: list[bytes]) -> list[tuple[str, bytes]]:
        if level == len(self._tails):
            self._tails.append(b"")
        number = (self.size >> TILE_HEIGHT * level) // TILE_WIDTH
        data = self._tails[level] + b"".join(row)
        full = len(data) // TILE_BYTES
        files = [
            (tile_path(level, number + i), data[i * TILE_BYTES : (i + 1) * TILE_BYTES])
            for i in range(full)
        ]
        tail = self._tails[level] = data[full * TILE_BYTES :]
        if tail:
            path = tile_path(level, number + full, width=len(tail) // HASH_BYTES)
            files.append((path, tail))
        return files
