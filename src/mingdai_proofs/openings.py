"""Openings: a field's value with the key that shows an entry committed to it.

Openings hold personal information.  They travel to a recipient inside the sealed envelope only,
and to the borrower in a file of their own, marked "contains your data".  Layout:
docs/protocol.md, "Openings".
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mingdai_proofs.canonical import decode_json, encode_json, text_fields
from mingdai_proofs.commitments import KEY_BYTES, commit
from mingdai_proofs.encodings import decode_base64, encode_base64
from mingdai_proofs.entries import Entry
from mingdai_proofs.flaws import Flaw, Flawed, refuse
from mingdai_proofs.policies import Policy
from mingdai_proofs.receipts import Receipt, verify_receipt

FORMAT = "mingdai-openings/1"
NOTE = "contains your data"
_CODE = "openings.malformed"


@dataclass(frozen=True, slots=True)
class Opening:
    """One field's `code`, its `value` as it was sent, and the commitment's 32-byte `key`."""

    code: str
    value: str = field(repr=False)
    key: bytes = field(repr=False)

    def as_json(self) -> dict[str, str]:
        """The opening as a JSON object."""
        return {"code": self.code, "value": self.value, "key": encode_base64(self.key)}

    @classmethod
    def from_json(cls, value: Any) -> Opening:  # noqa: ANN401 - whatever a JSON reader gave
        """Read a JSON object; raises Flawed (`openings.malformed`)."""
        if not isinstance(value, dict):
            refuse(_CODE, "an opening is a JSON object")
        code, text, key = text_fields(value, ("code", "value", "key"), _CODE)
        return cls(code, text, decode_base64(key, _CODE))


def check_openings(entry: Entry, openings: Sequence[Opening]) -> Flaw | None:
    """Whether every opening opens the entry's commitment to its field.

    No opening, or two of one field, is a flaw.  Fields without an opening are not: a person may
    show one field and keep the rest; see `check_complete`.
    """
    if not openings:
        return Flaw("opening.none", "there is no opening to check")
    if len({each.code for each in openings}) != len(openings):
        return Flaw("opening.twice", "a field is opened twice")
    slots = dict(zip(entry.fields, entry.commitments, strict=True))
    for each in openings:
        if each.code not in slots:
            return Flaw("opening.field", "an opening is of a field the entry does not name")
        if len(each.key) != KEY_BYTES:
            return Flaw("opening.key", f"an opening's key has {KEY_BYTES} bytes")
        if not hmac.compare_digest(commit(each.key, each.code, each.value), slots[each.code]):
            return Flaw("opening.mismatch", f"the value of {each.code} is not what was recorded")
    return None


def check_complete(entry: Entry, openings: Sequence[Opening]) -> Flaw | None:
    """Like `check_openings`, and whether every field of the entry is opened."""
    flaw = check_openings(entry, openings)
    if flaw is None and {each.code for each in openings} != set(entry.fields):
        return Flaw("opening.incomplete", "a field of the entry is not opened")
    return flaw


@dataclass(frozen=True, slots=True)
class OpeningsFile:
    """The borrower's file: a receipt and the openings of its fields."""

    receipt: Receipt
    openings: tuple[Opening, ...]

    def encode(self) -> bytes:
        """The file's bytes, in canonical form."""
        return encode_json(
            {
                "format": FORMAT,
                "note": NOTE,
                "receipt": self.receipt.as_json(),
                "openings": [each.as_json() for each in self.openings],
            }
        )

    @classmethod
    def parse(cls, data: bytes) -> OpeningsFile:
        """Read a file; raises Flawed (`openings.malformed`, `receipt.malformed`)."""
        value = decode_json(data, _CODE)
        if set(value) != {"format", "note", "receipt", "openings"}:
            refuse(_CODE, "an openings file holds format, note, receipt and openings")
        if value["format"] != FORMAT or value["note"] != NOTE:
            refuse("openings.format", f"the format is not {FORMAT}")
        if not isinstance(value["openings"], list):
            refuse(_CODE, "openings are a list")
        openings = tuple(Opening.from_json(each) for each in value["openings"])
        return cls(Receipt.from_json(value["receipt"]), openings)


def verify_openings(file: OpeningsFile, policy: Policy | None = None) -> Flaw | None:
    """Whether the receipt verifies (see `verify_receipt`) and every opening opens its entry."""
    flaw = verify_receipt(file.receipt, policy)
    if flaw:
        return flaw
    try:
        return check_openings(file.receipt.decode(), file.openings)
    except Flawed as flawed:
        return flawed.flaw
