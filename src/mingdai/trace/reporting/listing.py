"""The tables: evidence by design, evidence that only ranks, probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingdai.trace.reporting.concluding import expected_in, seen_in
from mingdai.trace.reporting.records import Reason, Record
from mingdai.trace.reporting.telling import chance_said, count, percent
from mingdai.trace.reporting.thresholds import bits_needed
from mingdai.trace.reporting.wording import Words

_MOST = 8
_LEAST = 0.01
_MOST_GAMMA = 1e6


@dataclass(frozen=True, slots=True)
class DesignRow:
    """One row of evidence that may name; `names` is whether it does."""

    recipient: str
    kind: str
    seen: str
    expected: str
    chance: str
    bits: str
    names: bool


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """One recipient's overlap."""

    recipient: str
    listed: str
    held: str
    bits: str
    gamma: str


@dataclass(frozen=True, slots=True)
class ProbRow:
    """One recipient's place and probability."""

    place: int
    recipient: str
    chance: str
    share: float


def by_design(record: Record) -> list[Reason]:
    """Evidence that may name, strongest first."""
    rows = [each for each in record.evidence if each.by_design]
    return sorted(rows, key=lambda each: (-each.bits, each.partner))


def design_rows(record: Record, words: Words) -> Iterator[DesignRow]:
    """The table of evidence by design."""
    for each in by_design(record):
        yield DesignRow(
            recipient=record.name(each.partner),
            kind=words.kinds(each),
            seen=_said(_weighted(each)),
            expected=_said(expected_in(each)),
            chance="-" if each.p_value is None else chance_said(each.p_value),
            bits=f"{each.bits:.1f}",
            names=each.partner in record.accuse and each.bits >= bits_needed(record, each),
        )


def overlap_rows(record: Record, words: Words) -> Iterator[OverlapRow]:
    """The table of what only ranks."""
    rows = [each for each in record.evidence if not each.by_design]
    for each in sorted(rows, key=lambda one: (-one.bits, one.partner)):
        yield OverlapRow(
            recipient=record.name(each.partner),
            listed=_said(each.detail.get("listed_and_held")),
            held=_said(each.detail.get("held")),
            bits=f"{each.bits:,.1f}",
            gamma=gamma_said(float(each.detail.get("gamma_star", 0.0)), words),
        )


def gamma_said(gamma: float, words: Words) -> str:
    """Where overlap dissolves; below 1 it never said anything."""
    if gamma <= 1:
        return words("gamma.none")
    if gamma >= _MOST_GAMMA:
        return words("gamma.most", n=count(_MOST_GAMMA))
    return f"{gamma:,.0f}" if gamma >= 100 else f"{gamma:.1f}"


def prob_rows(record: Record, words: Words) -> Iterator[ProbRow]:
    """The first of the rank."""
    for place, name in enumerate(record.rank[: _shown(record)], start=1):
        chance = record.prob[name]
        yield ProbRow(place, record.name(name), percent(chance), chance)


def rest_of(record: Record, words: Words) -> str:
    """What is true of those not shown, "" where all are."""
    rest = record.rank[_shown(record) :]
    if not rest:
        return ""
    most = max(record.prob[each] for each in rest)
    return words("prob.more", n=len(rest), most=percent(most))


def _shown(record: Record) -> int:
    """Those above a hundredth, at least three."""
    high = sum(chance >= _LEAST for chance in record.prob.values())
    return min(_MOST, max(3, high), len(record.rank))


def _weighted(reason: Reason) -> float | None:
    """Seen as the expectation counts it."""
    weighted = reason.detail.get("weighted")
    return float(weighted) if isinstance(weighted, int | float) else seen_in(reason)


def _said(value: object) -> str:
    return count(float(value)) if isinstance(value, int | float) else "-"
