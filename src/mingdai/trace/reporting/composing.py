"""Put a report together: every sentence and table of it, before it becomes a page or a PDF.

Both are made from the same `Report`, so they say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from mingdai.trace.reporting.calling import called, never_given
from mingdai.trace.reporting.charting import Bar, RowCounts, design_bars, row_counts
from mingdai.trace.reporting.concluding import headline, sentences
from mingdai.trace.reporting.listing import (
    DesignRow,
    OverlapRow,
    ProbRow,
    design_rows,
    overlap_rows,
    prob_rows,
    rest_of,
)
from mingdai.trace.reporting.records import Record
from mingdai.trace.reporting.redoing import Redoing, redo
from mingdai.trace.reporting.telling import count, rounded, share_said
from mingdai.trace.reporting.times import moment, seconds_of
from mingdai.trace.reporting.understanding import Pairs, understood
from mingdai.trace.reporting.wording import Words

_MOST_NAMES = 12
_RECIPIENTS = re.compile(r"(\d+)\s*[-–]\s*(\d+) recipients")


@dataclass(frozen=True, slots=True)
class Report:
    """All of a report in one language."""

    words: Words
    conclusion: str
    head: str
    sentences: tuple[str, ...]
    facts: Pairs
    counts: RowCounts
    understood: Pairs
    notes: tuple[str, ...]
    bars: tuple[Bar, ...]
    design: tuple[DesignRow, ...]
    overlap: tuple[OverlapRow, ...]
    groups: tuple[str, ...]
    errors: tuple[str, ...]
    probs: tuple[ProbRow, ...]
    more_probs: str
    domain: tuple[str, ...]
    others: tuple[str, ...]
    changes: tuple[str, ...]
    redoing: Redoing
    made_at: datetime
    foot: str


def compose(record: Record, language: str, *, sha256: str) -> Report:
    """The report of one judged list; `sha256` is the result file's."""
    words = Words(language)
    record = called(record, words)
    probs = tuple(prob_rows(record, words))
    return Report(
        words=words,
        conclusion=record.conclusion,
        head=headline(record, words),
        sentences=tuple(sentences(record, words)),
        facts=tuple(_facts(record, words)),
        counts=row_counts(record, words),
        understood=tuple(understood(record, words)),
        notes=tuple(_notes(record, words)),
        bars=tuple(design_bars(record, words)),
        design=tuple(design_rows(record, words)),
        overlap=tuple(overlap_rows(record, words)),
        groups=tuple(words.join([record.name(one) for one in each]) for each in record.groups),
        errors=tuple(_errors(record, words)),
        probs=probs,
        more_probs=rest_of(record, words),
        domain=tuple(_domain(record, words)),
        others=tuple(_others(record, words)),
        changes=tuple(_changes(record, words)),
        redoing=redo(record, words, sha256=sha256),
        made_at=datetime.fromtimestamp(seconds_of(record.part("run").get("at")) or 0, UTC),
        foot=words("foot", version=version("mingdai")),
    )


def _facts(record: Record, words: Words) -> Iterator[tuple[str, str]]:
    run = record.part("run")
    if record.case:
        yield words("case", case="").strip(), record.case
    found = seconds_of(run.get("found_at"))
    yield words("fact.found"), words("unstated") if found is None else moment(found)
    yield words("fact.rows"), count(record.rows)
    share = f" ({share_said(record.matched, record.rows)})" if record.rows else ""
    yield words("fact.matched"), count(record.matched) + share
    yield words("fact.recipients"), count(len(record.prob))
    yield words("fact.error"), words("error.short", n=rounded(1 / record.family_error))
    judged = seconds_of(run.get("at"))
    if judged is not None:
        yield words("fact.judged"), moment(judged)


def _notes(record: Record, words: Words) -> Iterator[str]:
    """What could not be used."""
    if record.unread:
        yield record.unread
    lines = int(record.raw.get("lines_unreadable") or 0)
    if lines:
        yield words("notes.lines", n=count(lines))
    yield from (str(each) for each in record.raw.get("notes") or ())


def _errors(record: Record, words: Words) -> Iterator[str]:
    many = rounded(1 / record.family_error)
    yield words("error.said", n=count(len(record.prob)), many=many)
    yield words("error.shared")
    yield words("error.only")


def _domain(record: Record, words: Words) -> Iterator[str]:
    """Where the probabilities hold, and whether this list is inside."""
    plain = str(record.raw.get("domain") or words("none"))
    said = record.raw.get("domain_zh") if words.language == "zh" else None
    yield str(said or plain)
    bounds = _RECIPIENTS.search(plain)
    many = len(record.prob)
    if bounds and not int(bounds[1]) <= many <= int(bounds[2]):
        yield words("prob.outside", n=count(many))
    else:
        yield words("prob.only")


def _others(record: Record, words: Words) -> Iterator[str]:
    never = never_given(record)
    yield words("others.never", n=count(never)) if never else words("others.platform")
    yield words("others.devices")
    held = record.part("inputs").get("listed_and_held") or {
        each.partner: each.detail.get("listed_and_held", 0)
        for each in record.evidence
        if each.kind == "overlap"
    }
    other = {name: int(n) for name, n in held.items() if n and name not in record.accuse}
    if other:
        order = sorted(other, key=lambda name: (-other[name], name))
        names = [f"{record.name(name)} ({count(other[name])})" for name in order[:_MOST_NAMES]]
        more = [f"+ {len(order) - _MOST_NAMES}"] if len(order) > _MOST_NAMES else []
        yield words("others.held", names=words.join([*names, *more]))


def _changes(record: Record, words: Words) -> Iterator[str]:
    kinds = {each.kind for each in record.evidence if each.partner in record.accuse}
    if record.conclusion == "named":
        yield words("change.found")
        if kinds - {"overlap", "draws"}:
            yield words("change.decoy")
        if "draws" in kinds:
            yield words("change.draws")
        yield words("change.platform")
    else:
        yield words("change.more")
    yield words("change.list")
    yield words("change.columns")
