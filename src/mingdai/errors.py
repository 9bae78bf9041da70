"""The few refusals.  A verdict to weigh is a `Reason`; a broken promise is one of these.

Each carries a stable code; a door turns the code into the person's sentence.  None of them holds
personal information: they name the kind of a thing and its record's id.
"""

from __future__ import annotations

from typing import Protocol


class Because(Protocol):
    """Why: what `words.Reason` says, read without importing it."""

    @property
    def code(self) -> str: ...  # noqa: D102 - as MingdaiError's attributes
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def remedy(self) -> str: ...  # noqa: D102


class MingdaiError(Exception):
    """Anything this product refuses or cannot do, with a stable code."""

    def __init__(self, *, code: str, reason: str, source: str = "", remedy: str = "") -> None:
        """`reason` is for the operator; it must not hold personal information."""
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.source = source
        self.remedy = remedy


class Refused(MingdaiError):
    """A rule or a promise says no; nothing was done."""

    @classmethod
    def because(cls, reason: Because) -> Refused:
        """The refusal a rule's `reason` asks for."""
        return cls(
            code=reason.code, reason=reason.reason, source=reason.source, remedy=reason.remedy
        )


class Invalid(MingdaiError):
    """What was given is not well formed; `field` names the input, never its value."""

    def __init__(
        self, *, code: str, reason: str, field: str = "", source: str = "", remedy: str = ""
    ) -> None:
        """`field` is the input's name, "" where it is the whole."""
        super().__init__(code=code, reason=reason, source=source, remedy=remedy)
        self.field = field


class Unavailable(MingdaiError):
    """Something we stand on does not answer; nothing was lost, try again."""


class Tampered(MingdaiError):
    """A stored or received thing is not what it was when it was written."""
