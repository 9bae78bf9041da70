"""A small log in memory, written with the package's own writer: what the proofs' tests stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import shake_256
from pathlib import Path

from mingdai_proofs.bundles import BundleEdge
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.commitments import commit, commitment_key, subject_tag
from mingdai_proofs.entries import Entry, EntryKind, encode_entry
from mingdai_proofs.frontier import Frontier
from mingdai_proofs.inclusion import InclusionProof
from mingdai_proofs.merkle import inclusion_path, leaf_hash
from mingdai_proofs.notes import KeyKind, Signer, sign
from mingdai_proofs.policies import Policy
from mingdai_proofs.receipts import Receipt
from mingdai_proofs.tiles import TileHashes

ORIGIN = "log.example/proofs"
AT_S = 1_795_000_020
LOG = Signer.from_seed(ORIGIN, KeyKind.ED25519, b"l" * 32)
OTHER_LOG = Signer.from_seed(ORIGIN, KeyKind.ED25519, b"o" * 32)
WITNESS = Signer.from_seed("witness.example/w1", KeyKind.ED25519_COSIGNATURE, b"w" * 32)
WITNESS_PQ = Signer.from_seed("witness.example/w1", KeyKind.MLDSA44_COSIGNATURE, b"p" * 32)
SUBJECT_KEY = b"k" * 32

POLICY = Policy.parse(
    f"log {LOG.verifier.vkey}\n"
    f"witness w1 {WITNESS.verifier.vkey}\n"
    f"witness w2 {WITNESS_PQ.verifier.vkey}\n"
    "group g all w1 w2\n"
    "quorum g\n"
)


def seeded_bytes(number: int, count: int) -> bytes:
    """`count` bytes that look random and are the same in every run."""
    return shake_256(str(number).encode()).digest(count)


def make_entry(number: int, **changes) -> Entry:
    """A disclosure of two fields of a made-up person; `number` makes it distinct."""
    entry_id = seeded_bytes(number, 16)
    values = {"name": "示例甲", "mobile": f"199000{number % 100_000:05}"}
    facts = {
        "kind": EntryKind.DISCLOSED,
        "at_s": AT_S - AT_S % 60,
        "entry_id": entry_id,
        "recipient": "yunting-cf",
        "purpose": "credit_decision",
        "basis": "consent",
        "route": "via_credit_agency",
        "fields": tuple(values),
        "subject_tag": subject_tag(SUBJECT_KEY, entry_id),
        "commitments": tuple(
            commit(commitment_key(SUBJECT_KEY, entry_id, code), code, value)
            for code, value in values.items()
        ),
        "detail": bytes(32),
        "previous": bytes(32),
    }
    return Entry(**{**facts, **changes})


def make_entries(count: int, *, first: int = 0) -> list[bytes]:
    """`count` encoded entries with seeded filler."""
    numbers = range(first, first + count)
    return [encode_entry(make_entry(n), seeded_bytes(n, 320)) for n in numbers]


@dataclass
class Log:
    """A log whose files are a dict; every checkpoint is cosigned by both witness keys."""

    files: dict[str, bytes] = field(default_factory=dict)
    frontier: Frontier = field(default_factory=Frontier)
    edge: BundleEdge = field(default_factory=BundleEdge)
    signer: Signer = LOG

    def read(self, path: str) -> bytes:
        try:
            return self.files[path]
        except KeyError:
            raise FileNotFoundError(path) from None

    def append(self, entries: Sequence[bytes]) -> bytes:
        self.files.update(self.edge.append(entries))
        changes = self.frontier.append([leaf_hash(each) for each in entries])
        self.files.update(changes.files)
        return self.publish()

    def publish(self) -> bytes:
        text = Checkpoint(self.signer.verifier.name, self.frontier.size, self.frontier.root).text
        note = sign(text, [self.signer, WITNESS, WITNESS_PQ], at_s=AT_S)
        self.files["checkpoint"] = note
        return note

    def prove(self, index: int) -> InclusionProof:
        hashes = TileHashes(self.read, self.frontier.size)
        path = inclusion_path(index, self.frontier.size, hashes.hash_at)
        return InclusionProof(index, tuple(path), self.files["checkpoint"])

    def receipt(self, index: int, entry: bytes) -> Receipt:
        return Receipt(entry, self.prove(index).text, POLICY.text)

    def save(self, folder: Path) -> None:
        for path, data in self.files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def written(count: int, *, batch: int = 100) -> tuple[Log, list[bytes]]:
    """A log of `count` entries appended in batches, and its entries."""
    log, entries = Log(), make_entries(count)
    for start in range(0, count, batch):
        log.append(entries[start : start + batch])
    return log, entries
