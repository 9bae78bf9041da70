"""Flaws: why something is not what it claims to be.

A verdict is a value.  A verifier answers `Flaw | None`; a reader that must return data raises
`Flawed`, which carries the same value.  Codes are stable; reasons speak to a person, and hold no
personal information because nothing that is verified here holds any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Flaw:
    """One reason to refuse: a stable `code` (`inclusion.mismatch`) and what was seen."""

    code: str
    reason: str

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"


class Flawed(ValueError):
    """Raised where data was asked for and what was read is flawed; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        """Carry `flaw`; its text is the message."""
        super().__init__(str(flaw))
        self.flaw = flaw


def refuse(code: str, reason: str) -> NoReturn:
    """Raise `Flawed` with this code and reason."""
    raise Flawed(Flaw(code, reason))
