"""The planted identity: named fields, known salts, the time of consent, declared recipients.

What kind of value a field holds is read from the value, not from the field's name, so that a
field may be called `idno`, `sjh` or anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from mingdai.errors import Invalid

_MOBILE = re.compile(r"(?:\+?86|0086)?[ -]?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})")
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_HAN = re.compile(r"[\u3400-\u9fff·\U00020000-\U0003ffff]{2,12}")
_STREET = re.compile(r"[省市区县镇乡村路街道巷弄号栋幢]")
_MILLISECONDS = 1e11
"""A POSIX time above this many seconds is the year 5138; it is milliseconds."""


class Kind(StrEnum):
    """What a value is, which decides how it may be spelled and where its edges are."""

    NAME = "name"
    MOBILE = "mobile"
    ID_NUMBER = "id_number"
    EMAIL = "email"
    ADDRESS = "address"
    DIGITS = "digits"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted value under the name its owner gave it."""

    field: str
    value: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Identity:
    """What to look for, and what its owner agreed to.

    `consent_at` is in the clock of the capture (seconds); None where no consent time is known.
    `declared` holds lower-case hosts or parent domains.
    """

    planted: tuple[Planted, ...]
    salts: tuple[bytes, ...] = ()
    consent_at: float | None = None
    declared: tuple[str, ...] = ()


def parse_identity(document: Mapping[str, object]) -> Identity:
    """Read `identity.json`; raises Invalid where there is no field to look for."""
    fields = document.get("fields")
    if not isinstance(fields, Mapping) or not fields:
        raise Invalid(
            code="identity.fields",
            reason="identity.json needs an object `fields` with at least one value",
            field="fields",
            remedy="see docs/corpus.md",
        )
    planted = tuple(
        Planted(str(name), text, kind_of(str(name), text))
        for name, value in fields.items()
        for text in _texts(value)
    )
    return Identity(
        planted,
        tuple(salt.encode() for salt in _texts(document.get("salts"))),
        seconds_of(document.get("consent_ts")),
        tuple(_domain(each) for each in _texts(document.get("declared"))),
    )


def kind_of(name: str, value: str) -> Kind:
    """Read the kind from the value; the field's name only breaks ties."""
    if _MOBILE.fullmatch(value):
        return Kind.MOBILE
    if _ID_NUMBER.fullmatch(value):
        return Kind.ID_NUMBER
    if _EMAIL.fullmatch(value):
        return Kind.EMAIL
    if re.fullmatch(r"[\d -]+", value):
        return Kind.DIGITS
    if re.search(r"addr|address|地址|住址|dizhi", name.lower()):
        return Kind.ADDRESS
    if _HAN.fullmatch(value) and (len(value) <= 4 or "name" in name.lower() or "·" in value):
        return Kind.NAME
    if _HAN.search(value) and _STREET.search(value) and len(value) >= 6:
        return Kind.ADDRESS
    return Kind.TEXT


def national_mobile(value: str) -> str:
    """The eleven digits of a mobile number, without country code and separators."""
    found = _MOBILE.fullmatch(value)
    return "".join(found.groups()) if found else value


def seconds_of(value: object) -> float | None:
    """A time as seconds: a number (seconds or milliseconds) or an ISO 8601 text; else None."""
    if isinstance(value, str):
        try:
            return seconds_of(float(value))
        except ValueError:
            pass
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = float(value)
    while number > _MILLISECONDS:
        number /= 1000
    return number


def is_declared(host: str, declared: Sequence[str]) -> bool:
    """Whether a declared entry is this host or a parent domain of it."""
    return any(host == each or host.endswith("." + each) for each in declared)


def _texts(value: object) -> Iterator[str]:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif str(value).strip():
        yield str(value).strip()


def _domain(text: str) -> str:
    bare = text.lower().partition("://")[2] or text.lower()
    return bare.partition("/")[0].partition(":")[0].removeprefix("*").strip(".")
