"""How whoever reads the report computes it again: commands, hashes, formulas."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from mingdai.trace.reporting.charting import row_counts
from mingdai.trace.reporting.listing import by_design
from mingdai.trace.reporting.records import Record
from mingdai.trace.reporting.telling import count, power
from mingdai.trace.reporting.thresholds import bits_needed, share_of
from mingdai.trace.reporting.wording import Words

VERIFY = "mingdai verify trace RESULT.json"
_FILES = ("list", "borrowers", "ledger", "calibration")
_FORMULAS = ("draws", "decoys")


@dataclass(frozen=True, slots=True)
class Redoing:
    """Commands and what they need; `again` is "" where the counts came from the product itself."""

    verify: str
    again: str
    formulas: tuple[str, ...]
    hashes: tuple[tuple[str, str], ...]


def redo(record: Record, words: Words, *, sha256: str) -> Redoing:
    """How this record is made again; `sha256` is its file's."""
    hashes = [*_hashes(record, words), (words("file.result"), sha256)]
    formulas = tuple(_formulas(record, words))
    return Redoing(VERIFY, _command(record), formulas, tuple(hashes))


def _command(record: Record) -> str:
    """The command, with names for the files: a file's own name could name somebody."""
    run = record.part("run")
    if not run.get("ledger"):
        return ""
    parts = ["mingdai", "trace", "list", "LIST", "--borrowers", "BORROWERS", "--ledger", "LEDGER"]
    for option, key in (("--found-at", "found_at"), ("--columns", "columns")):
        if run.get(key):
            parts += [option, str(run[key])]
    return shlex.join([*parts, "--json"])


def _hashes(record: Record, words: Words) -> Iterator[tuple[str, str]]:
    run = record.part("run")
    for each in _FILES:
        known = run.get(each)
        digest = known.get("sha256") if isinstance(known, dict) else None
        if digest:
            yield words(f"file.{each}"), str(digest)


def _formulas(record: Record, words: Words) -> Iterator[str]:
    counts = row_counts(record, words)
    yield words(
        "how.matched",
        rows=count(record.rows), matched=count(counts.matched),
        unmatched=count(counts.unmatched), unusable=count(counts.unusable),
    )  # fmt: skip
    rows = by_design(record)
    kinds = {each.kind for each in rows}
    kinds |= {"decoys"} if "variants" in kinds else set()
    yield from (words(f"how.{each}") for each in _FORMULAS if each in kinds)
    if rows:
        yield words("how.bits")
        yield words("how.budget", alpha=power(record.family_error))
    for each in rows:
        yield words(
            "how.share",
            name=record.name(each.partner), kind=words.kinds(each),
            share=power(share_of(record, each)), bits=f"{bits_needed(record, each):.1f}",
        )  # fmt: skip
