"""A proof that an entry is in the log, as text.  Source: C2SP tlog-proof.

The `extra` line is not authenticated by anything; a receipt refuses it.  Files end `.tlog-proof`.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingdai_proofs.encodings import decode_base64, decode_hash, encode_base64, parse_decimal
from mingdai_proofs.flaws import Flaw, Flawed, refuse
from mingdai_proofs.merkle import verify_inclusion
from mingdai_proofs.policies import Policy

_CODE = "proof.malformed"
HEADER = "c2sp.org/tlog-proof@v1"
MAX_PATH = 63


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Leaf `index`, its Merkle `path` from leaf to root, and the signed `checkpoint` verbatim."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    @property
    def text(self) -> str:
        """The proof file."""
        extra = [] if self.extra is None else [f"extra {encode_base64(self.extra)}"]
        hashes = [encode_base64(each) for each in self.path]
        lines = [HEADER, *extra, f"index {self.index}", *hashes, ""]
        return "\n".join(lines) + "\n" + self.checkpoint.decode()

    @classmethod
    def parse(cls, text: str) -> InclusionProof:
        """Read a proof file; raises Flawed (`proof.malformed`).  The checkpoint is not opened."""
        head, blank, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not blank or lines.pop(0) != HEADER:
            refuse(_CODE, "a proof begins with its version line and holds a checkpoint")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = decode_base64(lines.pop(0).removeprefix("extra "), _CODE)
        if not lines or not lines[0].startswith("index "):
            refuse(_CODE, "a proof names the entry's index")
        index = parse_decimal(lines.pop(0).removeprefix("index "), _CODE)
        if len(lines) > MAX_PATH:
            refuse(_CODE, f"a proof has at most {MAX_PATH} hashes")
        path = tuple(decode_hash(line, _CODE) for line in lines)
        try:
            return cls(index, path, checkpoint.encode(), extra)
        except UnicodeEncodeError:
            refuse(_CODE, "the checkpoint is not text")

    def verify(self, leaf: bytes, policy: Policy) -> Flaw | None:
        """Whether `policy` accepts the checkpoint and the leaf hash `leaf` is under its root."""
        try:
            head = policy.read(self.checkpoint)
        except Flawed as flawed:
            return flawed.flaw
        return verify_inclusion(self.index, head.size, leaf, self.path, head.root)
