"""The guard against a fork: database, tiles and checkpoint must not be older than what was signed.

A restored backup looks like an honest, shorter log; going on from it would sign a second history.
So the ledger stays closed until an operator decides (docs/restore.md).  Only the right edge of the
log is read, however long it is.
Not promised: that a backup which also rolled back `log-state` is noticed without a witness.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mingdai.errors import Refused, Tampered, Unavailable
from mingdai.ledger import keys
from mingdai.ledger.placing import entries_from, placed_size
from mingdai.ledger.proving import is_whole
from mingdai.ledger.remembering import SignedStore
from mingdai.ledger.storing import LogFolder, log_folder, state_folder
from mingdai_proofs.bundles import BundleEdge, read_bundle
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.frontier import Frontier
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.policies import open_checkpoint
from mingdai_proofs.tiles import TILE_WIDTH, TileHashes

CLOSED_FILE = "closed"
REMEDY = "docs/restore.md: bring back the newest data, or `mingdai ledger resume --new-origin`"
_SOUND: set[Path] = set()
"""State folders this process found sound; what rolls back later is the worker's to find."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the log stands: the last signed head, and the writer's edge at that size."""

    head: Checkpoint
    frontier: Frontier
    edge: BundleEdge


def rolled_back(reason: str) -> Refused:
    """The refusal of everything that is older than what was signed."""
    return Refused(
        code="ledger.rolled_back",
        reason=reason,
        source="C2SP tlog-checkpoint: a log never signs two inconsistent checkpoints",
        remedy=REMEDY,
    )


def inspect() -> Standing | None:
    """Where the log stands, None before its first start; raises Refused (`ledger.rolled_back`).

    Reads checkpoint, signed head and database in this order, so that a writer at work beside it
    never looks like a rollback.
    """
    published = published_head()
    signed = signed_head()
    if signed is None:
        if published or placed_size():
            raise rolled_back("the record of what was last signed is missing")
        return None
    origin = keys.known_origin()
    if origin != signed.origin:
        raise rolled_back(f"the log folder is that of {origin or 'no log'}, not {signed.origin}")
    _compare_published(published, signed)
    if placed_size() < signed.size:
        raise rolled_back(f"the database ends before the signed size {signed.size}")
    return _load(signed)


def published_head() -> Checkpoint | None:
    """The checkpoint file's head, its signature verified; None where there is no whole file.

    The file is not flushed, so a power cut may leave it empty or cut short: it is made again.
    """
    try:
        data = LogFolder(log_folder()).read("checkpoint")
    except FileNotFoundError:
        return None
    if not is_whole(data):
        return None
    try:
        return open_checkpoint(data, [keys.log_key().verifier])[0]
    except Flawed as flawed:
        raise rolled_back(f"the published checkpoint is not of this key: {flawed.flaw}") from flawed


def signed_head() -> Checkpoint | None:
    """The last signed head; None where nothing was signed."""
    store = SignedStore.find(state_folder())
    if store is None:
        return None
    try:
        return store.head()
    finally:
        store.close()


def _compare_published(published: Checkpoint | None, signed: Checkpoint) -> None:
    if published is None:
        return
    if published.origin != signed.origin or published.size > signed.size:
        raise rolled_back(f"a checkpoint of size {published.size} is newer than what was signed")
    if published.size == signed.size and published.root != signed.root:
        raise rolled_back(f"two roots were signed for size {signed.size}")


def _load(signed: Checkpoint) -> Standing:
    folder = LogFolder(log_folder())
    try:
        frontier = Frontier.load(folder.read, signed.size)
        if frontier.root != signed.root:
            raise rolled_back(f"the tiles do not lead to the root signed for size {signed.size}")
        _compare_edge(folder, signed.size)
        return Standing(signed, frontier, BundleEdge.load(folder.read, signed.size))
    except (Flawed, Tampered) as error:
        raise rolled_back(f"the log ends before size {signed.size}: {error}") from error


def _compare_edge(folder: LogFolder, size: int) -> None:
    """The last bundle's entries are the tree's leaves and the database's rows."""
    if not size:
        return
    number = (size - 1) // TILE_WIDTH
    start = number * TILE_WIDTH
    entries = read_bundle(folder.read, number, size - start)
    hashes = TileHashes(folder.read, size)
    if any(hashes.hash_at(0, i) != leaf_hash(each) for i, each in enumerate(entries, start)):
        raise rolled_back("the last bundle does not hold the entries that were signed")
    if entries_from(start, size - start) != entries:
        raise rolled_back("the database holds other entries than the log")


def close_ledger(refused: Refused) -> None:
    """Make every process refuse to append, until the guard finds the log sound again."""
    folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / CLOSED_FILE).write_text(f"{refused.code}: {refused.reason}\n", encoding="utf-8")
    _SOUND.discard(folder)


def open_ledger() -> None:
    """Take the closed mark away; call after `inspect` found the log sound."""
    (state_folder() / CLOSED_FILE).unlink(missing_ok=True)


def closed_because() -> str:
    """Why the ledger is closed, "" while it is open."""
    try:
        return (state_folder() / CLOSED_FILE).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def require_open() -> None:
    """Raise Unavailable (`ledger.closed`) unless entries may be appended here."""
    reason = closed_because()
    folder = state_folder()
    if not reason and folder not in _SOUND:
        try:
            inspect()
        except Refused as refused:
            close_ledger(refused)
            reason = closed_because()
        else:
            _SOUND.add(folder)
    if reason:
        raise Unavailable(code="ledger.closed", reason=reason, remedy=REMEDY)
