"""Receipts: an entry, the proof that it is in the log, and the policy it was issued under.

A receipt holds no value and no key: it may be shown to anyone.  Its JSON is canonical, so one
receipt has one spelling.  The embedded policy says what the log claims to satisfy; trust comes
from a policy the reader got elsewhere.  Layout: docs/protocol.md, "Receipt".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mingdai_proofs.canonical import decode_json, encode_json, text_fields
from mingdai_proofs.encodings import decode_base64, encode_base64
from mingdai_proofs.entries import Entry, decode_entry
from mingdai_proofs.flaws import Flaw, Flawed, refuse
from mingdai_proofs.inclusion import InclusionProof
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.policies import Policy

FORMAT = "mingdai-receipt/1"
MAX_RECEIPT_BYTES = 1_000_000
_CODE = "receipt.malformed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The entry's exact bytes, the tlog-proof text and the policy text."""

    entry: bytes
    proof: str
    policy: str

    def as_json(self) -> dict[str, str]:
        """The receipt as a JSON object."""
        return {
            "format": FORMAT,
            "entry": encode_base64(self.entry),
            "proof": self.proof,
            "policy": self.policy,
        }

    def encode(self) -> bytes:
        """The receipt file's bytes, in canonical form."""
        return encode_json(self.as_json())

    def decode(self) -> Entry:
        """What the entry says; raises Flawed.  Verify the receipt before believing it."""
        return decode_entry(self.entry)

    @classmethod
    def parse(cls, data: bytes) -> Receipt:
        """Read a receipt file; raises Flawed (`receipt.malformed`, `receipt.format`)."""
        if len(data) > MAX_RECEIPT_BYTES:
            refuse(_CODE, f"a receipt has at most {MAX_RECEIPT_BYTES} bytes")
        return cls.from_json(decode_json(data, _CODE))

    @classmethod
    def from_json(cls, value: Any) -> Receipt:  # noqa: ANN401 - whatever a JSON reader gave
        """Read a receipt out of a larger document; raises Flawed."""
        if not isinstance(value, dict):
            refuse(_CODE, "a receipt is a JSON object")
        names = ("format", "entry", "proof", "policy")
        found, entry, proof, policy = text_fields(value, names, _CODE)
        if found != FORMAT:
            refuse("receipt.format", f"the format is not {FORMAT}")
        return cls(decode_base64(entry, _CODE), proof, policy)


def verify_receipt(receipt: Receipt, policy: Policy | None = None) -> Flaw | None:
    """Whether the entry is well formed and in the log, under `policy` and under its own.

    With `policy` None only the receipt's own is asked: then a log key that anybody made would do,
    and the caller must say so.
    """
    try:
        own = Policy.parse(receipt.policy)
        proof = InclusionProof.parse(receipt.proof)
        decode_entry(receipt.entry)
    except Flawed as flawed:
        return flawed.flaw
    if proof.extra is not None:
        return Flaw("receipt.extra", "the proof carries data that nothing authenticates")
    if not _is_plain(own):
        return Flaw("receipt.policy", "the receipt's policy says more than its quorum asks for")
    leaf = leaf_hash(receipt.entry)
    return proof.verify(leaf, own) or (proof.verify(leaf, policy) if policy else None)


def _is_plain(own: Policy) -> bool:
    """Whether nothing in the policy could be changed or left out without changing what it asks.

    So no addresses, comments or spare white space, and no witness that the quorum does not count.
    """
    lines = own.text[:-1].split("\n")
    spelt = all(line == " ".join(line.split()) and line[:1] not in ("", "#") for line in lines)
    return spelt and not own.urls and own.asked() == own.witnesses.keys()
