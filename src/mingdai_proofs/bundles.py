"""Entry bundles: up to 256 entries in one file, each with its length.  Source: C2SP tlog-tiles.

An entry is at most 65,535 bytes.  `BundleEdge` is the writer's unfinished bundle, the counterpart
of `Frontier` for entries.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from mingdai_proofs.flaws import refuse
from mingdai_proofs.tiles import TILE_WIDTH, FileReader, bundle_path

MAX_ENTRY_BYTES = 65_535
_LENGTH = struct.Struct(">H")


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """The bundle's bytes.  Raises ValueError for an entry over 65,535 bytes."""
    batch = list(entries)
    lengths = {*map(len, batch)}
    if lengths and max(lengths) > MAX_ENTRY_BYTES:
        raise ValueError(f"an entry of {max(lengths)} bytes does not fit a bundle")
    if len(lengths) == 1:  # as in our own log: one join, four times faster
        return _LENGTH.pack(*lengths).join([b"", *batch])
    return b"".join([part for each in batch for part in (_LENGTH.pack(len(each)), each)])


def decode_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle.  Raises Flawed for a length that leads outside it."""
    entries, position, end = [], 0, len(data)
    while position < end:
        start = position + 2
        position = start + int.from_bytes(data[position:start], "big")
        if start > end or position > end:
            refuse("bundle.length", "an entry's length leads outside the bundle")
        entries.append(data[start:position])
    return entries


def read_bundle(read: FileReader, number: int, width: int) -> list[bytes]:
    """The first `width` entries of bundle `number`, from the partial or else the full file.

    Raises Flawed when neither is there or the count is wrong.
    """
    path = bundle_path(number, width=width)
    full = bundle_path(number)
    try:
        entries = decode_bundle(read(path))
    except FileNotFoundError:
        try:
            entries = decode_bundle(read(full))
        except FileNotFoundError:
            refuse("bundle.missing", f"neither {path} nor {full} is there")
        if len(entries) == TILE_WIDTH:
            return entries[:width]
    if len(entries) != width:
        refuse("bundle.count", f"{path} holds {len(entries)} entries, not {width}")
    return entries


class BundleEdge:
    """The writer's last, unfinished bundle of a log of `size` entries."""

    def __init__(self) -> None:
        """Start with no entries."""
        self.size = 0
        self._tail = b""

    @classmethod
    def load(cls, read: FileReader, size: int) -> BundleEdge:
        """The edge of a published log, from its last partial bundle; raises Flawed."""
        found = cls()
        found.size = size
        number, width = divmod(size, TILE_WIDTH)
        if width:
            found._tail = encode_bundle(read_bundle(read, number, width))
        return found

    def append(self, entries: Sequence[bytes]) -> list[tuple[str, bytes]]:
        """Grow by these entries; answer the bundle files (path, bytes) that changed."""
        files, start = [], 0
        while start < len(entries):
            number, width = divmod(self.size, TILE_WIDTH)
            batch = entries[start : start + TILE_WIDTH - width]
            data = self._tail + encode_bundle(batch)
            start += len(batch)
            width += len(batch)
            self.size += len(batch)
            files.append((bundle_path(number, width=width), data))
            self._tail = b"" if width == TILE_WIDTH else data
        return files

    def partials(self) -> list[tuple[str, bytes]]:
        """The partial bundle (path, bytes) of this size, none for a full one."""
        number, width = divmod(self.size, TILE_WIDTH)
        return [(bundle_path(number, width=width), self._tail)] if width else []
