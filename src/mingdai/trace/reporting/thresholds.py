"""How many bits each row of evidence needs: its share of the error the whole list is allowed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from mingdai.trace.reporting.records import Reason, Record

_MOST_BITS = 60.0


def share_of(record: Record, reason: Reason) -> float:
    """The part of the list's error budget this evidence has; evenly shared where none is stated.

    Spellings are judged as decoys are and share theirs.  `inputs.shares` maps a kind to a share of
    the whole, or to one for each recipient.
    """
    stated: Mapping[str, Any] = record.part("inputs").get("shares") or {}
    mine = stated.get("decoys" if reason.kind == "variants" else reason.kind)
    if isinstance(mine, Mapping):
        mine = mine.get(reason.partner)
    if isinstance(mine, int | float) and 0 < mine <= 1:
        return float(mine)
    kinds = {each.kind for each in record.evidence if each.by_design} or {reason.kind}
    return 1.0 / (max(1, len(record.prob)) * len(kinds))


def bits_needed(record: Record, reason: Reason) -> float:
    """From how many bits on this evidence names its recipient."""
    allowed = record.family_error * share_of(record, reason)
    return min(_MOST_BITS, -math.log2(max(allowed, 2.0**-_MOST_BITS)))
