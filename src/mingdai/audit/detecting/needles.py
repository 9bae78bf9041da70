"""What is searched for: byte strings with the name of the field they stand for.

A needle says how its value is spelled (`form`), which steps a reader must undo to see the value
(`steps`, outermost first) and which rule checks its edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Edge(StrEnum):
    """Which characters may stand beside a value for it to be the value and not part of another."""

    ANY = "any"
    DIGITS = "digits"
    MOBILE = "mobile"
    GROUPS = "groups"
    EMAIL = "email"
    WORD = "word"
    CODE = "code"
    HAN = "han"
    TURNED_NAME = "turned_name"
    ADDRESS = "address"
    EMAIL_MASK = "email_mask"
    NAME_MASK = "name_mask"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Needle:
    """One byte string (or, with `length` 0, one regular expression) that gives a value away.

    Letters match in either case unless `exact`.
    """

    field: str
    value: str
    pattern: bytes
    length: int
    form: str
    edge: Edge
    steps: tuple[str, ...] = ()
    charset: str = ""
    turned: bool = False
    exact: bool = False


def quoted(data: bytes) -> bytes:
    """`data` as a regular expression: bytes by number, because a pattern may not hold a NUL."""
    return b"".join(b"\\x%02x" % byte for byte in data)


def literal(planted: tuple[str, str], data: bytes, form: str, edge: Edge, **more: object) -> Needle:
    """A needle that is found byte for byte (letters in either case)."""
    field, value = planted
    return Needle(field, value, quoted(data), len(data), form, edge, **more)  # type: ignore[arg-type]
