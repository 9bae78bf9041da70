"""Give each recipient its own copy where a field has more than one correct spelling.

Pure.  The e-mail address is the recipient's alias; other fields are written in one of two forms at
each place where their kind has two and the recipient's parser is known to take both, by a keyed
code (`marking_codes`, `marking_spellings`).  Meaning and numbers stay: a copy that does not read
back, or whose normal form is another, goes out as the borrower gave it.  What has no second
spelling carries 0 bits, which is an honest answer.  No field is asked for in order to mark it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from mingdai.gate.marking_codes import Draw, Position, bit_of
from mingdai.gate.marking_normals import normal
from mingdai.gate.marking_spellings import BY_FIELD, SEND_BLOCK

ALIAS_CHARACTERS = 12
"""Random base-32 characters in an alias's local part."""

ALIAS_BITS = 5.0 * ALIAS_CHARACTERS
"""What a copy with its own alias carries: nobody comes by that address by chance."""

BLOCK_S = 10
"""Seconds of a sending block; an application leaves in an even or an odd one."""

_INTO_BLOCK = timedelta(seconds=1)


class Chooser(Protocol):
    """What chooses the form of each place: a recipient's `Marker`, or a trial of some kinds."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that are written at all."""
        ...

    def bit(self, place: str, normal_form: str, /) -> int:
        """The form at one place."""
        ...


@dataclass(frozen=True, slots=True)
class Marker:
    """Whose copy of whose record: what draws its bits, and the kinds its recipient takes.

    `record` is the borrower's id, which a re-application shares.
    """

    record: str
    recipient: str
    kinds: frozenset[str]
    draw: Draw = field(repr=False)

    def bit(self, place: str, normal_form: str) -> int:
        """The recipient's bit at one place of this record."""
        return bit_of(Position(self.record, place, normal_form), self.recipient, self.draw)


@dataclass(frozen=True, slots=True)
class Second:
    """Writes every place of these kinds in its second form: a trial of a recipient's parser."""

    kinds: frozenset[str]

    def bit(self, _place: str, _normal_form: str, /) -> int:
        """Always the form in which values are not given."""
        return 1


@dataclass(frozen=True, slots=True)
class Copy:
    """The values as they are sent, and what tells this copy from any other.

    `places` are the marked places, such as `address.width:1`, one code bit each; `bits` counts
    them together with the alias's.
    """

    values: dict[str, str]
    bits: float
    places: tuple[str, ...] = ()


def mark(values: Mapping[str, str], *, alias: str, marker: Chooser | None = None) -> Copy:
    """The recipient's copy of `values`; `alias` is its e-mail address, "" where it has none."""
    sent, places = dict(values), []
    bits = 0.0
    if alias and "email" in values:
        sent["email"], bits = alias, ALIAS_BITS
    if marker is not None and marker.kinds:
        for code in values:
            sent[code], marked = _spell(code, sent[code], marker)
            places += marked
    return Copy(sent, bits + len(places), tuple(places))


def send_time(at: datetime, marker: Chooser) -> tuple[datetime, tuple[str, ...]]:
    """When to send what could leave at `at`, and the place that this marks: within 20 seconds.

    The block's parity is the bit; without the kind it is `at`, and no place.
    """
    if SEND_BLOCK not in marker.kinds:
        return at, ()
    second = int(at.timestamp())
    block = second // BLOCK_S + 1
    block += (block + marker.bit(f"{SEND_BLOCK}:0", "")) % 2
    waits = timedelta(seconds=block * BLOCK_S - second)
    return at.replace(microsecond=0) + waits + _INTO_BLOCK, (f"{SEND_BLOCK}:0",)


def read_time(at: datetime) -> int:
    """The bit that a sending time shows; a wrong zone does not change it."""
    return int(at.timestamp()) // BLOCK_S % 2


def read(code: str, written: str) -> dict[str, int]:
    """Place -> bit of everything in `written` that is in one of its two forms."""
    return {
        f"{each.kind}:{number}": bit
        for each in BY_FIELD.get(code, ())
        for number, bit in enumerate(each.read(written))
        if bit is not None
    }


def places_of(code: str, value: str, kinds: Iterable[str]) -> list[str]:
    """The places of a value that can carry a bit if its recipient takes these kinds."""
    allowed = frozenset(kinds)
    return [
        f"{each.kind}:{number}"
        for each in BY_FIELD.get(code, ())
        if each.kind in allowed
        for number in each.places(value)
    ]


def _spell(code: str, value: str, marker: Chooser) -> tuple[str, list[str]]:
    """The value in the recipient's spelling, with its places; as given where it would not hold."""
    places = places_of(code, value, marker.kinds)
    if not places:
        return value, []
    form = normal(code, value)
    bits = {place: marker.bit(place, form) for place in places}
    written = _write(code, value, bits)
    seen = read(code, written)
    if normal(code, written) != form or any(seen.get(each) != bits[each] for each in places):
        return value, []
    return written, places


def _write(code: str, value: str, bits: Mapping[str, int]) -> str:
    for each in BY_FIELD[code]:
        own = {
            int(place.rpartition(":")[2]): bit
            for place, bit in bits.items()
            if place.startswith(f"{each.kind}:")
        }
        value = each.write(value, own) if own else value
    return value
