"""Commit to secret evidence in every disclosure alike: decoy or not, what was marked, which key.

A salted digest stands in the detail of each entry of a disclosure, decoy or not, so the public log
and the recipient see the same 64 characters of chance in all of them.  The salt is drawn by key
from the disclosure's id and kept nowhere; a report opens the digests it needs and no other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from mingdai.vault.drawing import draw, fingerprint

_FORMAT = "mingdai-sealed-evidence/1"


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens one digest: the salt in hexadecimal and the statement as canonical JSON."""

    salt: str
    statement: str

    @property
    def digest(self) -> str:
        """What the entry's detail must hold: SHA-256 of format, salt and statement."""
        return sha256("\0".join((_FORMAT, self.salt, self.statement)).encode()).hexdigest()


def conceal(disclosure_id: UUID, *, decoy: bool, places: Sequence[str]) -> str:
    """The digest for this disclosure's detail."""
    return open_evidence(disclosure_id, decoy=decoy, places=places).digest


def open_evidence(disclosure_id: UUID, *, decoy: bool, places: Sequence[str]) -> Opening:
    """The opening of the same digest, for a report; it proves itself against the entry."""
    facts = {"decoy": decoy, "mark_key": fingerprint(), "places": sorted(places)}
    statement = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return Opening(draw(b"salt\0" + disclosure_id.bytes).hex(), statement)
