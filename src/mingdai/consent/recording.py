"""Turn an act about a borrower into its ledger entry.

Everything about the person in the entry is a commitment under the person's own key.  Of a borrower
who was erased there is no key: later entries (a recipient's deletion, say) then carry random bytes
in its place and can be linked to nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mingdai.errors import Refused
from mingdai.ledger.appending import append
from mingdai.ledger.models import LedgerEntry
from mingdai.vault.binding import DataKey
from mingdai.vault.committing import Committed, DetailOpening, Opening, commit_entry
from mingdai_proofs.entries import FILLER_BYTES, PERIOD_S, Entry, EntryKind, encode_entry


@dataclass(frozen=True, slots=True)
class Act:
    """What happened.  `fields` are in catalogue order; `recipient` is a public id.

    `detail` holds the kind's own facts: strings, whole numbers, lists of them; no value of a field.
    """

    kind: EntryKind
    borrower_id: UUID
    recipient: str
    purpose: str = ""
    basis: str = ""
    route: str = ""
    fields: tuple[str, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Composed:
    """An entry's 512 bytes with what opens its commitments; the openings are for the recipient."""

    entry_id: bytes
    data: bytes
    openings: tuple[Opening, ...]
    detail: Mapping[str, object]
    detail_key: bytes


def compose(
    act: Act, *, values: Mapping[str, str], at: datetime, held: DataKey | None = None
) -> Composed:
    """The entry of `act`, committing to `values` (as sent) where any are given.

    A field without a value gets a random commitment: the entry then names the kind only.  `held`
    is the borrower's key where the same read has fetched it already.
    """
    entry_id = secrets.token_bytes(16)
    bound = _bind(act, entry_id, values, held)
    entry = Entry(
        kind=act.kind,
        at_s=int(at.timestamp()) // PERIOD_S * PERIOD_S,
        entry_id=entry_id,
        recipient=act.recipient,
        purpose=act.purpose,
        basis=act.basis,
        route=act.route,
        fields=act.fields,
        subject_tag=bound.subject_tag,
        commitments=_commitments(act.fields, bound),
        detail=bound.detail.commitment,
        previous=secrets.token_bytes(32),
    )
    data = encode_entry(entry, secrets.token_bytes(FILLER_BYTES))
    return Composed(entry_id, data, tuple(bound.openings), act.detail, bound.detail.key)


def record(act: Act, *, at: datetime) -> LedgerEntry:
    """Append the entry of an act that carries no value; call it inside a transaction."""
    return append(compose(act, values={}, at=at).data, at=at)


def _bind(act: Act, entry_id: bytes, values: Mapping[str, str], held: DataKey | None) -> Committed:
    try:
        return commit_entry(act.borrower_id, entry_id, values=values, detail=act.detail, held=held)
    except Refused:
        if values:
            raise
    nobody = DetailOpening(secrets.token_bytes(32), secrets.token_bytes(32))
    return Committed(secrets.token_bytes(32), [], nobody)


def _commitments(fields: tuple[str, ...], bound: Committed) -> tuple[bytes, ...]:
    known = {each.code: each.commitment for each in bound.openings}
    return tuple(known.get(code) or secrets.token_bytes(32) for code in fields)
