"""Verify a whole ledger: every entry, bundle and tile up to its checkpoint.

Everything is hashed again from the entries, in one pass over the bundles; memory stays a few
hundred kilobytes however long the log.  Not promised: that others are shown the same log; for that
name a witness's key too, or keep an older checkpoint and pass it as `previous`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from mingdai_proofs.bundles import encode_bundle, read_bundle
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.encodings import HASH_BYTES
from mingdai_proofs.entries import check_layout
from mingdai_proofs.flaws import Flaw, Flawed, refuse
from mingdai_proofs.frontier import TILE_BYTES, Frontier
from mingdai_proofs.merkle import consistency_path, verify_consistency
from mingdai_proofs.notes import Verifier
from mingdai_proofs.policies import Policy, open_checkpoint
from mingdai_proofs.sources import Source
from mingdai_proofs.tiles import TILE_WIDTH, TileHashes, bundle_path

Trust = Policy | Sequence[Verifier]
"""A policy, or keys that must all have signed, one of them the log's."""

Layout = Callable[[bytes], Flaw | None]


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """What was verified.  `flaw` is the first thing wrong, None when all is well.

    `entries` and `tiles` count what was checked before that; `head` is None when no checkpoint
    could be trusted at all.
    """

    head: Checkpoint | None
    entries: int
    tiles: int
    flaw: Flaw | None


def open_head(data: bytes, trust: Trust) -> Checkpoint:
    """The checkpoint in `data`, if `trust` accepts it; raises Flawed if not."""
    if isinstance(trust, Policy):
        return trust.read(data)
    head, note = open_checkpoint(data, trust)
    missing = set(trust) - {each.verifier for each in note.verified}
    if missing:
        refuse("checkpoint.unsigned", f"{min(each.name for each in missing)} did not sign it")
    return head


def verify_ledger(
    source: Source,
    trust: Trust,
    *,
    previous: bytes | None = None,
    layout: Layout = check_layout,
) -> LedgerReport:
    """Verify everything `source` holds for its checkpoint.

    `previous` is an older signed checkpoint of the same log, from which the log must only have
    grown.  `layout` judges each entry.
    """
    walk = _Walk(source, layout)
    head = None
    try:
        head = open_head(_read_checkpoint(source), trust)
        walk.check(head)
        if previous is not None:
            _check_growth(source, head, _open_previous(previous, trust))
    except Flawed as flawed:
        return LedgerReport(head, walk.frontier.size, walk.tiles, flawed.flaw)
    except FileNotFoundError:
        flaw = Flaw("source.changed", "a file went away while the ledger was read")
        return LedgerReport(head, walk.frontier.size, walk.tiles, flaw)
    return LedgerReport(head, walk.frontier.size, walk.tiles, None)


def _read_checkpoint(source: Source) -> bytes:
    try:
        return source.read("checkpoint")
    except FileNotFoundError:
        refuse("checkpoint.missing", "the ledger has no checkpoint")


def _open_previous(data: bytes, trust: Trust) -> Checkpoint:
    keys = trust.logs if isinstance(trust, Policy) else trust
    return open_checkpoint(data, keys)[0]


def _check_growth(source: Source, head: Checkpoint, old: Checkpoint) -> None:
    if old.origin != head.origin:
        refuse("consistency.origin", "the older checkpoint is of another log")
    if old.size > head.size:
        refuse("consistency.size", f"the log shrank from {old.size} to {head.size} entries")
    path = consistency_path(old.size, head.size, TileHashes(source.read, head.size).hash_at)
    flaw = verify_consistency(old.size, head.size, old.root, head.root, path)
    if flaw:
        raise Flawed(flaw)


class _Walk:
    """One pass over the bundles, rebuilding the tiles and comparing them."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self.frontier = Frontier()
        self.tiles = 0
        self._source = source
        self._layout = layout

    def check(self, head: Checkpoint) -> None:
        for number in range((head.size + TILE_WIDTH - 1) // TILE_WIDTH):
            self._check_bundle(number, min(TILE_WIDTH, head.size - number * TILE_WIDTH))
        for path, tile in self.frontier.partials():
            self._compare(path.partition(".p/")[0], tile)
        if self.frontier.root != head.root:
            refuse("ledger.root", "the entries do not hash to the checkpoint's root")

    def _check_bundle(self, number: int, width: int) -> None:
        entries = read_bundle(self._source.read, number, width)
        layout = self._layout
        for offset, entry in enumerate(entries):
            flaw = layout(entry)
            if flaw:
                index = number * TILE_WIDTH + offset
                refuse(flaw.code, f"entry {index}: {flaw.reason}")
        self._check_old_bundles(number, entries)
        changes = self.frontier.append([sha256(b"\x00" + entry).digest() for entry in entries])
        for path, tile in changes.files:
            if len(tile) == TILE_BYTES:
                self._compare(path, tile)

    def _check_old_bundles(self, number: int, entries: list[bytes]) -> None:
        full = bundle_path(number)
        for width in self._source.widths(full):
            if width < len(entries):
                path = bundle_path(number, width=width)
                if self._source.read(path) != encode_bundle(entries[:width]):
                    refuse("bundle.mismatch", f"{path} differs from the bundle it grew into")

    def _compare(self, full: str, tile: bytes) -> None:
        """Compare the tile as of now, and every partial still kept from before."""
        width = len(tile) // HASH_BYTES
        path = full if width == TILE_WIDTH else f"{full}.p/{width}"
        data = self._read_tile(path, full)
        if data != tile and (len(data) != TILE_BYTES or data[: len(tile)] != tile):
            refuse("tile.mismatch", f"{path} does not follow from the entries")
        self.tiles += 1
        for older in self._source.widths(full):
            if 0 < older < width:
                kept = self._source.read(f"{full}.p/{older}")
                if kept != tile[: older * HASH_BYTES]:
                    refuse("tile.mismatch", f"{full}.p/{older} differs from what it grew into")

    def _read_tile(self, path: str, full: str) -> bytes:
        try:
            return self._source.read(path)
        except FileNotFoundError:
            pass
        try:
            return self._source.read(full)
        except FileNotFoundError:
            refuse("tile.missing", f"neither {path} nor {full} is there")
