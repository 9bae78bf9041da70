"""Tiles: the log as static files, read and written.  Source: C2SP tlog-tiles.

A tile holds up to 256 hashes of one level; tile level L counts subtrees of 256^L leaves.  A
partial tile exists for the newest edge only and is never hashed upward.  Readers pass
`read(path) -> bytes`, which raises FileNotFoundError where there is no such file.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

from mingdai_proofs.encodings import HASH_BYTES
from mingdai_proofs.flaws import refuse

TILE_WIDTH = 256
TILE_HEIGHT = 8

FileReader = Callable[[str], bytes]
"""`read(path)`: the file's bytes; raises FileNotFoundError."""


def _number_path(number: int) -> str:
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    return "/".join(reversed(groups))


def tile_path(level: int, number: int, *, width: int = TILE_WIDTH) -> str:
    """The path of a tile of hashes; `width` below 256 names the partial tile."""
    return _with_width(f"tile/{level}/{_number_path(number)}", width)


def bundle_path(number: int, *, width: int = TILE_WIDTH) -> str:
    """The path of a bundle of entries; `width` below 256 names the partial bundle."""
    return _with_width(f"tile/entries/{_number_path(number)}", width)


def _with_width(path: str, width: int) -> str:
    return path if width == TILE_WIDTH else f"{path}.p/{width}"


def tile_width(level: int, number: int, size: int) -> int:
    """How many hashes tile `number` of `level` holds in a log of `size` entries, 0 to 256."""
    return max(0, min(TILE_WIDTH, (size >> TILE_HEIGHT * level) - number * TILE_WIDTH))


def read_tile(read: FileReader, level: int, number: int, size: int) -> bytes:
    """The tile's hashes as of `size`, from the partial or else the full file.

    Raises Flawed when neither file is there or the length is wrong.
    """
    width = tile_width(level, number, size)
    path = tile_path(level, number, width=width)
    try:
        data = read(path)
    except FileNotFoundError:
        data, path = _read_full(read, path, tile_path(level, number)), tile_path(level, number)
        if len(data) == TILE_WIDTH * HASH_BYTES:
            return data[: width * HASH_BYTES]
    if not width or len(data) != width * HASH_BYTES:
        refuse("tile.length", f"{path} has {len(data)} bytes, not those of {width} hashes")
    return data


def _read_full(read: FileReader, wanted: str, full: str) -> bytes:
    try:
        return read(full)
    except FileNotFoundError:
        refuse("tile.missing", f"neither {wanted} nor {full} is there")


class TileHashes:
    """Answers `hash_at(level, index)` for any complete subtree of a log of `size` entries.

    Keeps the interior of the last `keep` tiles it opened (16 KiB each).  What it answers is only
    as good as the tiles: check the root against a signed checkpoint.
    """

    def __init__(self, read: FileReader, size: int, *, keep: int = 128) -> None:
        """Read through `read`; `keep` is at least 1."""
        self._read = read
        self._keep = keep
        self._rows: OrderedDict[tuple[int, int, int], list[bytes]] = OrderedDict()
        self.size = size

    def at_size(self, size: int) -> TileHashes:
        """The same files seen at another size; the tiles already opened are shared."""
        other = TileHashes(self._read, size, keep=self._keep)
        other._rows = self._rows
        return other

    def hash_at(self, level: int, index: int) -> bytes:
        """The root of leaves [index * 2^level, (index + 1) * 2^level).

        Raises Flawed when the subtree is not complete at this size or a tile is not as it should.
        """
        if index < 0 or (index + 1) << level > self.size:
            refuse("tile.range", f"no complete subtree {index} of level {level} in {self.size}")
        tile_level, inner = divmod(level, TILE_HEIGHT)
        number, offset = divmod(index << inner, TILE_WIDTH)
        row = self._tile_rows(tile_level, number)[inner]
        start = (offset >> inner) * HASH_BYTES
        return row[start : start + HASH_BYTES]

    def _tile_rows(self, level: int, number: int) -> list[bytes]:
        key = level, number, tile_width(level, number, self.size)
        rows = self._rows.get(key)
        if rows is None:
            rows = _interior(read_tile(self._read, level, number, self.size))
            self._rows[key] = rows
            while len(self._rows) > self._keep:
                self._rows.popitem(last=False)
        return rows


def _interior(tile: bytes) -> list[bytes]:
    """The tile's row of hashes and the seven rows above it inside the tile."""
    rows = [tile]
    for _ in range(TILE_HEIGHT - 1):
        row = rows[-1]
        pairs = range(0, len(row) - 32, 64)
        rows.append(b"".join([sha256(b"\x01" + row[i : i + 64]).digest() for i in pairs]))
    return rows
