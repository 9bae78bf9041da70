"""One call of a lead exchange (撞库, 进件, callback) as plain fields, however it was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """One field: its path (`data.protocols[0].name`), last key, value, and request or response."""

    path: str
    key: str
    value: object
    side: str

    @property
    def text(self) -> str:
        """The value as text; "" for none."""
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Call:
    """A request with its response, where known.

    `to` is who was asked: a host or a party's name, "" where the record does not say.  `secret` is
    the signing secret, where whoever documents the call gave it.
    """

    number: int
    request: Mapping[str, Any]
    response: Any = None
    name: str = ""
    url: str = ""
    sender: str = ""
    to: str = ""
    line: int = 0
    secret: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[Seen]:
        """Every field of the request."""
        return list(fields_of(self.request, side="request"))

    @property
    def answered(self) -> list[Seen]:
        """Every field of the response."""
        return list(fields_of(self.response, side="response"))


def fields_of(value: object, *, side: str, path: str = "", key: str = "") -> Iterator[Seen]:
    """The leaves of a JSON value, a list of plain values as one leaf each."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from fields_of(inner, side=side, path=f"{path}.{name}".lstrip("."), key=str(name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from fields_of(inner, side=side, path=f"{path}[{number}]", key=key)
    elif value is not None:
        yield Seen(path, key, value, side)
