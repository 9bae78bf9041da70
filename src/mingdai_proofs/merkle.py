"""The Merkle tree: hashes, roots, inclusion and consistency proofs.  Source: RFC 6962 §2.1.

Verification follows RFC 9162 §2.1.3.2 and §2.1.4.2, which spell out the same tree's checks.  The
hash is SHA-256 and cannot be chosen.  Nothing here reads files: a prover is given `read_hash`,
which answers the hash of the complete subtree of 2^level leaves at `index` of that level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from mingdai_proofs.flaws import Flaw

HashReader = Callable[[int, int], bytes]
"""`read_hash(level, index)`: root of leaves [index * 2^level, (index + 1) * 2^level)."""

EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry."""
    return sha256(b"\x00" + data).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """`leaf_hash` of each entry."""
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an interior node."""
    return sha256(b"\x01" + left + right).digest()


def pair_hashes(row: Sequence[bytes]) -> list[bytes]:
    """The row above `row`: each neighbouring pair hashed, an odd last one left out."""
    return [sha256(b"\x01" + a + b).digest() for a, b in zip(row[::2], row[1::2], strict=False)]


def fold_peaks(peaks: Iterable[bytes]) -> bytes:
    """The root over complete subtrees given from the smallest (rightmost) to the largest."""
    root = b""
    for peak in peaks:
        root = node_hash(peak, root) if root else peak
    return root or EMPTY_ROOT


def tree_root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root of the tree over these leaf hashes."""
    row, peaks = list(leaf_hashes), []
    while row:
        if len(row) % 2:
            peaks.append(row[-1])
        row = pair_hashes(row)
    return fold_peaks(peaks)


def _split(width: int) -> int:
    """The largest power of two smaller than `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def range_root(start: int, end: int, read_hash: HashReader) -> bytes:
    """The root over leaves [start, end), where `start` is aligned as in every RFC 6962 split."""
    peaks, width = [], end - start
    while width:
        level = (width & -width).bit_length() - 1
        end -= 1 << level
        width -= 1 << level
        peaks.append(read_hash(level, end >> level))
    return fold_peaks(peaks)


def inclusion_path(index: int, size: int, read_hash: HashReader) -> list[bytes]:
    """The proof that leaf `index` is in the tree of `size` leaves, from leaf to root.

    Raises ValueError when there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_root(middle, end, read_hash))
            end = middle
        else:
            path.append(range_root(start, middle, read_hash))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, read_hash: HashReader) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with the tree of `old` leaves.

    Empty when `old` is 0 or equals `new`.  Raises ValueError when `old` is larger than `new`.
    """
    if not 0 <= old <= new:
        raise ValueError(f"no consistency path from {old} to {new}")
    if old in (0, new):
        return []
    path, start, end = [], 0, new
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(range_root(middle, end, read_hash))
            end = middle
        else:
            path.append(range_root(start, middle, read_hash))
            start = middle
    if start:
        path.append(range_root(start, end, read_hash))
    return path[::-1]


def verify_inclusion(
    index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes
) -> Flaw | None:
    """Whether `path` proves that the leaf hash `leaf` is leaf `index` under `root`."""
    if not 0 <= index < size:
        return Flaw("inclusion.index", f"there is no leaf {index} in a tree of {size}")
    node, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return Flaw("inclusion.length", "the proof is too long")
        if node & 1 or node == last:
            found = node_hash(step, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, step)
        node, last = node >> 1, last >> 1
    if last:
        return Flaw("inclusion.length", "the proof is too short")
    if found != root:
        return Flaw("inclusion.mismatch", f"the proof of leaf {index} does not lead to the root")
    return None


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> Flaw | None:
    """Whether `path` proves that the new tree only appended to the old one."""
    if not 0 <= old <= new:
        return Flaw("consistency.size", f"{old} leaves do not precede {new}")
    if old in (0, new):
        return _verify_trivial(old, old_root, new_root, path)
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not path:
        return Flaw("consistency.length", "the proof is empty")
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return Flaw("consistency.length", "the proof is too long")
        if node & 1 or node == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, step)
        node, last = node >> 1, last >> 1
    if last:
        return Flaw("consistency.length", "the proof is too short")
    if before != old_root or after != new_root:
        return Flaw("consistency.mismatch", f"the tree of {new} does not contain that of {old}")
    return None


def _verify_trivial(
    old: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> Flaw | None:
    if path:
        return Flaw("consistency.length", "a proof from nothing or to itself is empty")
    expected = EMPTY_ROOT if old == 0 else new_root
    if old_root != expected:
        return Flaw("consistency.mismatch", f"two different roots were shown for {old} leaves")
    return None
