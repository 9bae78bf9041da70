"""The code behind keyed spellings: a secret bias for each place, a biased bit for each recipient.

Pure.  A *position* is one place in one borrower's value; its bias p is drawn from the arcsine
density, cut so that up to `COLLUDERS` recipients who compare their copies stay traceable, and each
recipient's bit there is 1 with probability p.  Both come from a keyed function, so nobody without
the key knows a bias or another's bit, nothing is stored, and a report can draw them again.
Sources: Tardos, "Optimal probabilistic fingerprint codes", STOC 2003, JACM 55(2) 2008 (bias-based
code, cut arcsine); Škorić, Katzenbeisser, Celik, "Symmetric Tardos fingerprinting codes for
arbitrary alphabet sizes", 2008 (the score, in `trace.signals.variants`).
Not promised: tracing more than `COLLUDERS` together, or in fewer rows than `bench marks` shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, pi, sin, sqrt

Draw = Callable[[bytes], bytes]
"""A keyed function to 32 bytes that nobody without the key can tell from chance."""

COLLUDERS = 5
"""How many recipients together the bias is cut for."""

CUT = 0.01
"""No bias is nearer to 0 or 1; chosen by the bench for 1 to 5 colluders."""

STEPS = 1 << 16
"""A bias is a whole number of this many steps, so that every machine draws the same bit."""

_FORMAT = "mingdai-mark/1"
_LEAST = asin(sqrt(CUT))


@dataclass(frozen=True, slots=True)
class Position:
    """One place of one kind of spelling in one borrower's value.

    `normal` is the value's normal form, which all recipients' spellings share: another value is
    another position.
    """

    record: str
    place: str
    normal: str

    def encode(self) -> bytes:
        """Unambiguous bytes: record and place are ours and hold no zero byte, the form is last."""
        return "\0".join((_FORMAT, self.record, self.place, self.normal)).encode()


def bias_of(position: Position, draw: Draw) -> int:
    """The probability of a 1 at this position, in `STEPS`."""
    angle = _LEAST + (pi / 2 - 2 * _LEAST) * _share(draw(b"bias\0" + position.encode()))
    return round(STEPS * sin(angle) ** 2)


def bit_of(position: Position, recipient: str, draw: Draw) -> int:
    """The bit of `recipient` at this position: 1 with its bias, independent of others' bits."""
    drawn = draw(b"bit\0" + recipient.encode() + b"\0" + position.encode())
    return int(int.from_bytes(drawn[:8], "big") * STEPS < bias_of(position, draw) << 64)


def _share(drawn: bytes) -> float:
    """A number in [0, 1) from 32 drawn bytes."""
    return (int.from_bytes(drawn[:8], "big") >> 11) * 2.0**-53
