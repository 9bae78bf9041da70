"""Recover a mobile number from its digest and the digits shown beside it, by trying the rest.

Nothing of the planted identity is used: only what a recipient of the request has.  At a million
digests a second (one core, plain program) a thousand candidates take a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from mingdai.audit.detecting.digesting import digest_functions

TRIES_PER_MS = 1000
MOST_TRIES = 1_000_000
"""More unknown digits than six are not tried: the point is made by then."""

_HEX = re.compile(
    r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{16}|[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|"
    r"[0-9A-Fa-f]{56}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128})(?![0-9A-Fa-f])"
)
_FIRST8 = re.compile(r"(?<!\d)1[3-9]\d{6}(?!\d)")
_MASK = re.compile(r"(?<![\d*])1[3-9]\d(?:[\d*xX＊•#]{4,8})(?![\d*])")
_PREFIX = re.compile(r"(?<!\d)1[3-9]\d{5}(?!\d)")


@dataclass(frozen=True, slots=True)
class Recovered:
    """A digest undone: `digest` is its name, `unknown` the digits that were not shown."""

    value: str
    digest: str
    shown: str
    unknown: int
    tries: int

    @property
    def candidates(self) -> int:
        """How many numbers fit the digits shown."""
        return int(10**self.unknown)

    @property
    def milliseconds(self) -> float:
        """About how long the tries take; a figure of arithmetic, not of a clock."""
        return max(self.tries / TRIES_PER_MS, 0.001)


def recover(text: str) -> Recovered | None:
    """The first digest in the text that the digits shown in it undo."""
    return next(iter(recoveries(_digests_in(text), masks_in(text))), None)


def recoveries(digests: Iterable[str], masks: Iterable[str]) -> Iterator[Recovered]:
    """Every (digest, mask) that fits; a mask is eleven characters, `*` for what is hidden."""
    wanted = {each.lower(): each for each in digests}
    for mask in masks:
        unknown = mask.count("*")
        if not wanted or unknown > 6 or 10**unknown > MOST_TRIES:
            continue
        found = _tried(mask, wanted)
        if found is not None:
            yield found


def masks_in(text: str) -> list[str]:
    """The part-shown mobile numbers of a text: the first eight digits, or 3 + 4 with stars."""
    masks = [found[0] + "***" for found in _FIRST8.finditer(text)]
    masks += [found[0] + "****" for found in _PREFIX.finditer(text)]
    for found in _MASK.finditer(text):
        mask = re.sub(r"[xX＊•#]", "*", found[0])
        if len(mask) == 11 and 0 < mask.count("*") <= 6:
            masks.append(mask)
    return sorted(set(masks), key=lambda mask: (mask.count("*"), mask))


def _digests_in(text: str) -> list[str]:
    return list(dict.fromkeys(found[0] for found in _HEX.finditer(text)))


def _tried(mask: str, wanted: dict[str, str]) -> Recovered | None:
    sizes = {len(each) for each in wanted}
    functions = {
        name: digest
        for name, digest in digest_functions().items()
        if name in {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sm3"}
    }
    probe = {name: len(digest(b"")) * 2 for name, digest in functions.items()}
    fitting = {
        n: d for n, d in functions.items() if probe[n] in sizes or (n == "md5" and 16 in sizes)
    }
    parts = mask.split("*")
    for number, digits in enumerate(product("0123456789", repeat=mask.count("*")), start=1):
        value = parts[0] + "".join(one + rest for one, rest in zip(digits, parts[1:], strict=True))
        for name, digest in fitting.items():
            text = digest(value.encode()).hex()
            if text in wanted or (name == "md5" and text[8:24] in wanted):
                return Recovered(value, name, mask, mask.count("*"), number)
    return None
