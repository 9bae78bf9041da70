"""Give each recipient its own copy where a field has more than one correct spelling.

Pure.  Today only the e-mail address differs by recipient: its alias.  Everything else goes out as
the borrower gave it and carries 0 bits, which is an honest answer.  No field is asked for in
order to mark it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ALIAS_CHARACTERS = 12
"""Random base-32 characters in an alias's local part."""

ALIAS_BITS = 5.0 * ALIAS_CHARACTERS
"""What a copy with its own alias carries: nobody comes by that address by chance."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The values as they are sent, and how many bits tell this copy from any other."""

    values: dict[str, str]
    bits: float


def mark(values: Mapping[str, str], *, alias: str) -> Copy:
    """The recipient's copy of `values`; `alias` is its e-mail address, "" where it has none."""
    if alias and "email" in values:
        return Copy({**values, "email": alias}, ALIAS_BITS)
    return Copy(dict(values), 0.0)
