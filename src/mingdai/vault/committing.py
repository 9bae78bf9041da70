"""Commitments and subject tags of ledger entries, made where the borrower's data key is.

The data key never leaves: callers get tags, commitments, and the openings of the values they
themselves gave.  Construction: `mingdai_proofs.commitments`.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from mingdai.errors import Invalid
from mingdai.vault.binding import DataKey, secret_of
from mingdai.vault.wrapping import unlock
from mingdai.words import FIELDS
from mingdai_proofs.commitments import commit, commitment_key, detail_commitment, subject_tag
from mingdai_proofs.entries import Entry
from mingdai_proofs.openings import Opening as BareOpening

_DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Opening:
    """One field of one entry: its value as sent, the 32-byte key that opens it, the commitment."""

    code: str
    value: str = field(repr=False)
    key: bytes = field(repr=False)
    commitment: bytes

    def bare(self) -> BareOpening:
        """As it travels to a recipient: without the commitment, which the entry holds."""
        return BareOpening(self.code, self.value, self.key)


@dataclass(frozen=True, slots=True)
class DetailOpening:
    """The commitment to an entry's own facts, and the 32-byte key that opens it."""

    key: bytes = field(repr=False)
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Committed:
    """All that one entry says about one borrower, from one unlocking of the data key."""

    subject_tag: bytes
    openings: list[Opening]
    detail: DetailOpening


def commit_entry(
    borrower_id: UUID,
    entry_id: bytes,
    *,
    values: Mapping[str, str],
    detail: Mapping[str, object],
    held: DataKey | None = None,
) -> Committed:
    """Tag, commitments and detail of one entry; raises Refused as `subject_tag_for`.

    `held` is the borrower's key where the same read has fetched it already.
    """
    key = secret_of(held) if held else unlock(borrower_id)
    return Committed(
        subject_tag=subject_tag(key, entry_id),
        openings=_openings(key, entry_id, values),
        detail=_detail(key, entry_id, detail),
    )


def subject_tag_for(borrower_id: UUID, entry_id: bytes) -> bytes:
    """The 32-byte tag of one entry; entries of one borrower do not link by it.

    Raises Refused `vault.no_subject` or `vault.erased` where there is no data key.
    """
    return subject_tag(unlock(borrower_id), entry_id)


def commitments_for(borrower_id: UUID, entry_id: bytes, values: Mapping[str, str]) -> list[Opening]:
    """The openings of `values` as sent, in catalogue order; raises as `subject_tag_for`."""
    return _openings(unlock(borrower_id), entry_id, values)


def detail_for(borrower_id: UUID, entry_id: bytes, detail: Mapping[str, object]) -> DetailOpening:
    """The commitment to the kind's own facts; raises as `subject_tag_for`."""
    return _detail(unlock(borrower_id), entry_id, detail)


def tags_match(borrower_id: UUID, entry: Entry) -> bool:
    """Whether the entry is about this borrower; raises as `subject_tag_for`."""
    return hmac.compare_digest(subject_tag_for(borrower_id, entry.entry_id), entry.subject_tag)


def _openings(key: bytes, entry_id: bytes, values: Mapping[str, str]) -> list[Opening]:
    codes = [each.code for each in FIELDS if each.code in values]
    if len(codes) != len(values):
        raise Invalid(code="field.unknown", reason="a value has no field of the catalogue")
    made = []
    for code in codes:
        secret = commitment_key(key, entry_id, code)
        made.append(Opening(code, values[code], secret, commit(secret, code, values[code])))
    return made


def _detail(key: bytes, entry_id: bytes, detail: Mapping[str, object]) -> DetailOpening:
    secret = commitment_key(key, entry_id, _DETAIL)
    return DetailOpening(secret, detail_commitment(secret, detail))
