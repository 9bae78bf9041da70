"""Open a borrower's letter: for its borrower, recorded; for the mail door, which passes it on.

A letter is not a field of the catalogue: its reading is an own view without fields, one entry for
each log-in and letter.  The door's own handling is no disclosure: nobody reads.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mingdai.gate.disclosing import own_view
from mingdai.vault.unfiling import open_blob


def read_own_letter(
    borrower_id: UUID, *, letter_id: UUID, blob_id: UUID, session_key: str, at: datetime
) -> bytes:
    """The filed bytes, for the borrower they belong to; the caller looked the letter up by owner.

    Raises Refused `vault.blob_gone` after their end, and what an own view raises.
    """
    own_view(borrower_id, codes=[], session_key=f"{session_key}\n{letter_id}", at=at)
    return open_blob(blob_id)


def open_at_the_door(blob_id: UUID) -> bytes:
    """The filed bytes, for the mail door to judge, pass on or list by subject.

    Raises Refused `vault.blob_gone` after their end.
    """
    return open_blob(blob_id)
