"""Proofs out of the published files: for an index, for an entry.

Everything is read from the tiles on disk and the published checkpoint, never from the database, so
what is handed out is what anybody can fetch.  Forms: C2SP tlog-proof, `mingdai-receipt/1`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mingdai.errors import Refused
from mingdai.ledger.keys import policy_text
from mingdai.ledger.models import LedgerEntry
from mingdai.ledger.storing import LogFolder, log_folder
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.inclusion import InclusionProof
from mingdai_proofs.merkle import inclusion_path
from mingdai_proofs.notes import split_note
from mingdai_proofs.receipts import Receipt
from mingdai_proofs.tiles import TileHashes

KEEP_TILES = 512
"""Opened tiles kept in memory, 16 KiB each."""


@dataclass(frozen=True, slots=True)
class Published:
    """The published checkpoint: its file's identity, its bytes, its head, the tree's hashes."""

    stamp: tuple[int, int, int]
    data: bytes
    head: Checkpoint
    hashes: TileHashes


_LAST: dict[Path, Published] = {}


def is_whole(data: bytes) -> bool:
    """Whether the checkpoint file's bytes are a checkpoint, and not what a power cut left of one.

    Says nothing about who signed it.
    """
    try:
        Checkpoint.parse(split_note(data)[0])
    except Flawed:
        return False
    return True


def published() -> Published | None:
    """The published checkpoint, read again only when its file changed.

    None before the first, and after a power cut that tore the file until it is made again.
    """
    folder = log_folder()
    path = folder / "checkpoint"
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    stamp = seen.st_mtime_ns, seen.st_ino, seen.st_size
    last = _LAST.get(folder)
    if last is not None and last.stamp == stamp:
        return last
    data = path.read_bytes()
    if not is_whole(data):
        return None
    head = Checkpoint.parse(split_note(data)[0])
    if last is not None and last.head.origin == head.origin:
        hashes = last.hashes.at_size(head.size)
    else:
        hashes = TileHashes(LogFolder(folder).read, head.size, keep=KEEP_TILES)
    now = Published(stamp, data, head, hashes)
    _LAST.clear()
    _LAST[folder] = now
    return now


def covered_size() -> int:
    """How many entries the published checkpoint covers."""
    now = published()
    return now.head.size if now else 0


def proof_of(index: int) -> str:
    """The tlog-proof text of the entry at `index`; raises Refused (`ledger.not_covered`)."""
    now = published()
    if now is None or not 0 <= index < now.head.size:
        raise Refused(
            code="ledger.not_covered",
            reason=f"no published checkpoint covers index {index}",
            remedy="wait for the next checkpoint: `mingdai ledger status`",
        )
    path = tuple(inclusion_path(index, now.head.size, now.hashes.hash_at))
    return InclusionProof(index, path, now.data).text


def is_covered(entry: LedgerEntry) -> bool:
    """Whether the published checkpoint covers the entry, as far as `entry` was read."""
    return entry.index is not None and entry.index < covered_size()


def receipt_of(entry: LedgerEntry) -> dict[str, str] | None:
    """The entry's receipt (`mingdai-receipt/1`), None until a published checkpoint covers it."""
    if entry.index is None:
        entry.refresh_from_db(fields=["index"])
    if entry.index is None or not is_covered(entry):
        return None
    return Receipt(bytes(entry.data), proof_of(entry.index), policy_text()).as_json()
