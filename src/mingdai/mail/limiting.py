"""Limits per peer: how many connections at once, how many messages in a minute.  Kept in memory.

Not promised: that two door processes count together; each holds its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

FORGET_AFTER = 4096
"""Peers remembered before those with a full allowance are forgotten."""


@dataclass(slots=True)
class Allowance:
    """What one peer may still send, and when that was last reckoned (seconds)."""

    left: float
    at_s: float


class Peers:
    """The limits of one door.  `per_minute` messages refill evenly; the burst is as large."""

    def __init__(self, *, per_minute: int, connections: int, clock_s: Callable[[], float]) -> None:
        """`clock_s` counts seconds and never goes back."""
        self._per_minute = per_minute
        self._connections = connections
        self._clock_s = clock_s
        self._open: Counter[str] = Counter()
        self._allowed: dict[str, Allowance] = {}

    def enter(self, peer: str) -> bool:
        """Count one more connection; False, uncounted, where there are too many."""
        if self._open[peer] >= self._connections:
            return False
        self._open[peer] += 1
        return True

    def leave(self, peer: str) -> None:
        """Count one connection less."""
        self._open[peer] -= 1
        if self._open[peer] <= 0:
            del self._open[peer]

    def take(self, peer: str) -> bool:
        """Count one more message; False where the peer must wait."""
        now = self._clock_s()
        known = self._allowed.get(peer) or Allowance(float(self._per_minute), now)
        refilled = known.left + (now - known.at_s) * self._per_minute / 60
        known.left, known.at_s = min(float(self._per_minute), refilled), now
        self._allowed[peer] = known
        if len(self._allowed) > FORGET_AFTER:
            self._forget(now)
        if known.left < 1:
            return False
        known.left -= 1
        return True

    def _forget(self, now: float) -> None:
        self._allowed = {peer: each for peer, each in self._allowed.items() if now - each.at_s < 60}
