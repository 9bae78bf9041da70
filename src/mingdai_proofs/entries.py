"""The ledger entry: 512 bytes, always.  Layout: docs/protocol.md, "Entry".

An entry says what kind of thing happened, when (to the minute), to which public recipient, why and
which field codes; everything about the person is a commitment.  Every kind has the same size, and
slots not used hold random bytes.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from enum import IntEnum

from mingdai_proofs.flaws import Flaw, Flawed, refuse

ENTRY_BYTES = 512
PERIOD_S = 60
SLOTS = 10
FILLER_BYTES = 32 * SLOTS
MAGIC = b"mingdai\x01"
_HEAD = struct.Struct(">8sBBBBHHQ16s24s")
_TAIL = bytes(32)
_RECIPIENT = re.compile(rb"[!-~]{0,24}")
_SLOTS_AT = 160
_MALFORMED = "entry.malformed"

FIELD_CODES = (
    "name",
    "mobile",
    "id_number",
    "id_valid_until",
    "bank_card",
    "email",
    "address",
    "employer",
    "monthly_income",
    "housing_fund",
)
"""Bit i of the field mask, and commitment slot i, belong to FIELD_CODES[i]."""

PURPOSE_CODES = (
    "credit_decision",
    "onward_transfer",
    "own_view",
    "case_handling",
    "relay",
    "supervision",
)
BASIS_CODES = ("consent", "right_of_access", "statutory_duty")
ROUTE_CODES = ("lender_page", "via_credit_agency", "direct", "inside")


class EntryKind(IntEnum):
    """What happened."""

    GRANTED = 1
    COST_CONFIRMED = 2
    DISCLOSED = 3
    DELIVERED = 4
    COUNTERSIGNED = 5
    DECIDED = 6
    WITHDRAWN = 7
    REFUSED = 8
    ERASED = 9
    STAFF_READ = 10
    OWN_VIEW = 11
    NOTICE_ACCEPTED = 12
    DISBURSED = 13
    FORCED_LOAN = 14
    DELIVERY_FAILED = 15
    CHECKPOINT_BREAK = 16
    """The operator went on from a restored backup."""
    TERMINATED = 17
    ASKED_REFUSED = 18
    SIGHTING = 19
    """Something arrived where only one recipient's copy could have led it; nobody is named."""
    AUDITED = 20
    """An audit of a loan flow ended; its detail commits to the verdict and the evidence."""
    BULK_READ = 21
    """Fields of many people were read for one task; its detail commits to the set of them."""


_MAX_KIND = max(EntryKind)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.  `at_s` is POSIX time rounded down to 60 s; `entry_id` 16 random bytes.

    `recipient` is a public id of at most 24 printable ASCII characters; `purpose`, `basis` and
    `route` are codes of the catalogues above; each may be "" where the kind has none.  `fields`
    are in catalogue order, with one 32-byte commitment each.  `detail` commits to the kind's own
    facts, `previous` to the receipt before; both are random where there is nothing to commit to.
    """

    kind: EntryKind
    at_s: int
    entry_id: bytes
    recipient: str
    purpose: str
    basis: str
    route: str
    fields: tuple[str, ...]
    subject_tag: bytes
    commitments: tuple[bytes, ...]
    detail: bytes
    previous: bytes


def encode_entry(entry: Entry, filler: bytes) -> bytes:
    """The entry's 512 bytes.  `filler` is 320 fresh random bytes for the slots not used.

    Raises ValueError for a value that does not fit the layout.
    """
    mask, slots = _fill_slots(entry, filler)
    hashes = (entry.subject_tag, entry.detail, entry.previous)
    if any(len(each) != 32 for each in hashes) or len(entry.entry_id) != 16:
        raise ValueError("an entry's hashes have 32 bytes and its id 16")
    recipient = entry.recipient.encode("ascii")
    if not _RECIPIENT.fullmatch(recipient) or not 0 <= entry.at_s < 1 << 40:
        raise ValueError("the recipient or the time does not fit an entry")
    head = _HEAD.pack(
        MAGIC,
        entry.kind,
        _number(entry.purpose, PURPOSE_CODES),
        _number(entry.basis, BASIS_CODES),
        _number(entry.route, ROUTE_CODES),
        mask,
        0,
        entry.at_s,
        entry.entry_id,
        recipient,
    )
    data = b"".join((head, *hashes, *slots, _TAIL))
    flaw = check_layout(data)
    if flaw:
        raise Flawed(flaw)
    return data


def _fill_slots(entry: Entry, filler: bytes) -> tuple[int, list[bytes]]:
    if len(filler) != FILLER_BYTES or len(entry.fields) != len(entry.commitments):
        raise ValueError(f"an entry needs {FILLER_BYTES} random bytes and a commitment a field")
    slots = [filler[i * 32 : i * 32 + 32] for i in range(SLOTS)]
    mask, last = 0, -1
    for code, commitment in zip(entry.fields, entry.commitments, strict=True):
        slot = FIELD_CODES.index(code)
        if slot <= last or len(commitment) != 32:
            raise ValueError("fields stand in catalogue order, each with 32 bytes")
        mask, last, slots[slot] = mask | 1 << slot, slot, commitment
    return mask, slots


def _number(code: str, codes: tuple[str, ...]) -> int:
    return codes.index(code) + 1 if code else 0


def check_layout(data: bytes) -> Flaw | None:
    """Whether `data` is an entry in its one canonical form; cheap enough for a whole log."""
    if len(data) != ENTRY_BYTES:
        return Flaw("entry.length", f"an entry has {ENTRY_BYTES} bytes, not {len(data)}")
    magic, kind, purpose, basis, route, mask, zero, at_s, _, recipient = _HEAD.unpack_from(data)
    if magic != MAGIC:
        return Flaw("entry.version", "the entry is of a version this verifier does not know")
    if (
        not 0 < kind <= _MAX_KIND
        or purpose > len(PURPOSE_CODES)
        or basis > len(BASIS_CODES)
        or route > len(ROUTE_CODES)
        or mask >> SLOTS
    ):
        return Flaw(_MALFORMED, "the entry has a code outside the catalogues")
    if at_s % PERIOD_S or at_s >> 40:
        return Flaw(_MALFORMED, f"the entry's time is not a multiple of {PERIOD_S} seconds")
    if not _RECIPIENT.fullmatch(recipient.rstrip(b"\x00")):
        return Flaw(_MALFORMED, "the entry's recipient is not printable ASCII padded with zeros")
    if zero or data[-32:] != _TAIL:
        return Flaw(_MALFORMED, "the entry's reserved bytes are not zero")
    return None


def decode_entry(data: bytes) -> Entry:
    """The entry `data` spells; raises Flawed for anything not canonical."""
    flaw = check_layout(data)
    if flaw:
        raise Flawed(flaw)
    _, kind, purpose, basis, route, mask, _, at_s, entry_id, recipient = _HEAD.unpack_from(data)
    slots = [i for i in range(SLOTS) if mask >> i & 1]
    return Entry(
        kind=EntryKind(kind),
        at_s=at_s,
        entry_id=entry_id,
        recipient=recipient.rstrip(b"\x00").decode("ascii"),
        purpose=("", *PURPOSE_CODES)[purpose],
        basis=("", *BASIS_CODES)[basis],
        route=("", *ROUTE_CODES)[route],
        fields=tuple(FIELD_CODES[i] for i in slots),
        subject_tag=data[64:96],
        commitments=tuple(data[_SLOTS_AT + i * 32 : _SLOTS_AT + i * 32 + 32] for i in slots),
        detail=data[96:128],
        previous=data[128:160],
    )


def entry_commitment(entry: Entry, code: str) -> bytes:
    """The commitment to the field `code`; raises Flawed when the entry has no such field."""
    if code not in entry.fields:
        refuse("opening.field", f"the entry does not name the field {code!r}")
    return entry.commitments[entry.fields.index(code)]
