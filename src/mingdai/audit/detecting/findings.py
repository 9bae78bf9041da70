"""What is said of one (request, field): how it travelled, where, how surely, and with what leave.

A finding never holds the value: it holds spans and steps, from which `replaying` shows the value
again to whoever has the capture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CONFIDENCE = {
    "plain": "certain",
    "formatted": "certain",
    "hash": "certain",
    "mask": "likely",
    "disguised": "likely",
    "first8": "partial",
    "hash of first8": "partial",
}
"""Certain: the whole value. Likely: it agrees in all that is shown. Partial: a part of it."""

BUDGET_REACHED = "budget reached"
"""The notice that a request was not searched to its end."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place of the request where the value was seen; spans are bytes of the place."""

    where: str
    name: str
    start: int
    end: int

    def as_json(self) -> dict[str, object]:
        """`{"where", "name", "span"}`; `name` only where the place has one."""
        row: dict[str, object] = {"where": self.where, "span": [self.start, self.end]}
        return {**row, "name": self.name} if self.name else row


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the finding list.

    `steps` are `(name, start, end)` from the first place inwards; `span` is the value (or digest)
    in the innermost bytes.  `candidates_left` says how many values remain for one who sees only
    this request; None where the value is known outright.  `pre_consent` is None where no time is
    known.
    """

    request_id: str
    field: str
    chain: tuple[str, ...]
    form: str
    pre_consent: bool | None
    declared: bool
    host: str
    places: tuple[Found, ...]
    steps: tuple[tuple[str, int, int], ...]
    span: tuple[int, int]
    candidates_left: int | None = None
    also_seen_as: tuple[str, ...] = ()
    budget_reached: bool = False

    @property
    def confidence(self) -> str:
        """The class of `CONFIDENCE` its form belongs to."""
        return CONFIDENCE[self.form]

    def as_json(self) -> dict[str, object]:
        """The object of one JSON line; its schema is `docs/schemas/finding.json`."""
        return {
            "request_id": self.request_id,
            "field": self.field,
            "chain": list(self.chain),
            "pre_consent": self.pre_consent,
            "declared": self.declared,
            "host": self.host,
            "form": self.form,
            "confidence": self.confidence,
            "candidates_left": self.candidates_left,
            "also_seen_as": list(self.also_seen_as),
            "places": [each.as_json() for each in self.places],
            "steps": [{"step": name, "span": [start, end]} for name, start, end in self.steps],
            "span": list(self.span),
            **({"notice": BUDGET_REACHED} if self.budget_reached else {}),
        }


@dataclass(frozen=True, slots=True)
class Opaque:
    """A blob that could not be read: listed apart, neither found nor cleared."""

    request_id: str
    host: str
    place: Found
    code: str

    def as_json(self) -> Mapping[str, object]:
        """The object of one line of the opaque list."""
        return {
            "request_id": self.request_id,
            "host": self.host,
            "code": self.code,
            "place": self.place.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All that is said of one request."""

    request_id: str
    host: str
    findings: tuple[Finding, ...] = ()
    opaque: tuple[Opaque, ...] = ()
    budget_reached: bool = False
