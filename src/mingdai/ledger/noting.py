"""Note something about no person: an entry whose facts are committed to, and what opens them.

The commitment hides the facts from who reads the log and binds whoever shows them later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mingdai.ledger.appending import append
from mingdai.ledger.models import LedgerEntry
from mingdai_proofs.commitments import KEY_BYTES, detail_commitment
from mingdai_proofs.entries import FILLER_BYTES, PERIOD_S, Entry, EntryKind, encode_entry


@dataclass(frozen=True, slots=True)
class Noted:
    """The entry written, and the key that opens its commitment to the facts."""

    entry: LedgerEntry
    key: bytes


def note(
    kind: EntryKind,
    facts: Mapping[str, object],
    *,
    at: datetime,
    rng: Callable[[int], bytes],
) -> Noted:
    """Append an entry of `kind` that commits to `facts`; call it inside a transaction.

    `facts` are strings and whole numbers, nothing about a person.  `rng` gives random bytes.
    """
    key = rng(KEY_BYTES)
    at_s = int(at.timestamp())
    entry = Entry(
        kind=kind,
        at_s=at_s - at_s % PERIOD_S,
        entry_id=rng(16),
        recipient="",
        purpose="",
        basis="",
        route="",
        fields=(),
        subject_tag=rng(32),
        commitments=(),
        detail=detail_commitment(key, facts),
        previous=rng(32),
    )
    return Noted(append(encode_entry(entry, rng(FILLER_BYTES)), at=at), key)
