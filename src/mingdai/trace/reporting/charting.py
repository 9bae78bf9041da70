"""The charts as figures: bars of bits with the line each must pass, and what became of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingdai.trace.reporting.listing import by_design
from mingdai.trace.reporting.records import Record
from mingdai.trace.reporting.telling import count
from mingdai.trace.reporting.thresholds import bits_needed
from mingdai.trace.reporting.wording import Words

_MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: who, by what, how many bits, how many are needed to name."""

    name: str
    kind: str
    bits: float
    needed: float

    @property
    def passes(self) -> bool:
        """Whether it names its recipient."""
        return self.bits >= self.needed


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows that fit somebody, that fit nobody, that have no usable key; and all that in words."""

    matched: int
    unmatched: int
    unusable: int
    label: str

    @property
    def rows(self) -> int:
        """All of them."""
        return self.matched + self.unmatched + self.unusable


def design_bars(record: Record, words: Words) -> Iterator[Bar]:
    """One bar for each row of evidence by design, the strongest first."""
    for each in by_design(record)[:_MOST_BARS]:
        kind, needed = words.kinds(each), bits_needed(record, each)
        yield Bar(record.name(each.partner), kind, each.bits, needed)


def row_counts(record: Record, words: Words) -> RowCounts:
    """What became of the rows; always adds up to all of them."""
    unusable = min(record.without_key, record.rows - record.matched)
    unmatched = record.rows - record.matched - unusable
    label = words(
        "rows.label",
        matched=count(record.matched), unmatched=count(unmatched), unusable=count(unusable),
    )  # fmt: skip
    return RowCounts(record.matched, unmatched, unusable, label)
