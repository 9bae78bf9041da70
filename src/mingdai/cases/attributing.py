"""Attribute one found list against everybody's copies: the job, from its ticket to its result.

The bulk read's entry is durable before a value is opened.  List, people and ledger are in memory
only; nothing in clear is ever on a disk, and whatever ends this process ends them too.  What stays
is the result, which holds no value, and of the list the rows that were somebody of ours.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ibis.backends.duckdb import Backend as Connection
from ibis.expr.types import Table

from mingdai.cases.aliases import find_aliases
from mingdai.cases.models import Attribution
from mingdai.cases.spellings import find_spellings
from mingdai.cases.understanding import connect_in_memory
from mingdai.cases.unsealing import unsealed
from mingdai.cases.worlds import Files, world_files
from mingdai.gate.comparing import About, begin_bulk_read
from mingdai.gate.models import BulkRead
from mingdai.trace.attributing import attribute
from mingdai.trace.calibrating import read_calibration
from mingdai.trace.collecting import collect
from mingdai.trace.keys import Mapping, normalised
from mingdai.trace.lists import Found, as_record
from mingdai.trace.matching import Matched, match
from mingdai.trace.reading.tables import Loaded, load_list
from mingdai.trace.reading.worlds import World, open_world
from mingdai.trace.words import Attribution as Verdict
from mingdai.trace.words import Case, DecoyTrial

Tell = Callable[[str], None]

_LINES = 2000


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it: the result, and the rows to keep as lines of CSV, while they can be read."""

    record: dict[str, object]
    kept: Callable[[], Iterator[bytes]]
    kept_rows: int


def begin(row: Attribution, *, at: datetime) -> BulkRead:
    """Write the one entry of this attribution, or find the one that was written."""
    found_list = row.found_list
    about = About(found_list.case.number, found_list.digest)
    read = begin_bulk_read(row.ticket, about, at=at)
    Attribution.objects.filter(pk=row.pk).update(bulk_read=read)
    row.bulk_read = read
    return read


def judge(row: Attribution, read: BulkRead, tell: Tell, keep: Callable[[Judged], object]) -> None:
    """Compare, judge, and hand the outcome to `keep` while list and people are still open."""
    con = connect_in_memory()
    try:
        tell("reading")
        with unsealed(row.found_list) as path:
            loaded = load_list(con, path)
            tell("opening")
            with world_files(read) as files:
                tell("matching")
                judged = _judged(row, con, loaded, files, tell)
                tell("dropping")
                keep(judged)
    finally:
        con.disconnect()


def _judged(row: Attribution, con: Connection, loaded: Loaded, files: Files, tell: Tell) -> Judged:
    if not files.copies:
        return Judged(_nothing_given(loaded), lambda: iter(()), 0)
    world = open_world(con, files.borrowers, files.ledger)
    mapping = Mapping(**{role: tuple(places) for role, places in row.mapping.items()})
    matched = match(world, normalised(loaded.table, mapping))
    until = row.found_list.found_at
    aliases = find_aliases(world, loaded.table, until=until)
    tell("judging")
    spellings = find_spellings(world, loaded.table, mapping, matched, files.people, until=until)
    case = collect(world, matched, int(until.timestamp()))
    case = _with_trials(case, aliases.trial, spellings.trial)
    record = _record(case, mapping, loaded, matched)
    record["aliases"] = {"hits": aliases.hits, "never_given": aliases.never_given}
    record["spellings"] = spellings.scored
    kept = _kept(world, loaded, matched)
    return Judged(record, lambda: _lines(kept, loaded.titles), int(kept.count().execute()))


def _with_trials(case: Case, *trials: DecoyTrial | None) -> Case:
    known = tuple(each for each in trials if each is not None)
    if not known:
        return case
    return replace(case, decoys=(*case.decoys, *known), has_decoys=True)


def _record(case: Case, mapping: Mapping, loaded: Loaded, matched: Matched) -> dict[str, object]:
    """As `mingdai trace list --json` says it."""
    calibration = read_calibration()
    people = float(case.listed.weight.sum())
    found = _found(attribute(case, calibration), mapping, loaded, matched, people)
    return as_record(found, calibration)


def _nothing_given(loaded: Loaded) -> dict[str, object]:
    """Before the first disclosure nobody but ourselves had anything."""
    nobody = Verdict({}, (), (), (), (), 0.0, "none")
    unmatched = Matched(loaded.table, loaded.rows, 0, 0, ())
    record = as_record(_found(nobody, Mapping(), loaded, unmatched, 0.0), read_calibration())
    return {**record, "aliases": {"hits": {}, "never_given": 0}, "spellings": {}}


def _found(
    verdict: Verdict, mapping: Mapping, loaded: Loaded, matched: Matched, people: float
) -> Found:
    return Found(
        attribution=verdict,
        mapping=mapping,
        titles=loaded.titles,
        encoding=loaded.form.encoding,
        delimiter=loaded.form.delimiter,
        rows=matched.rows,
        matched=matched.matched,
        people=people,
        without_key=matched.without_key,
        notes=matched.notes,
        unreadable=loaded.unreadable,
    )


def _kept(world: World, loaded: Loaded, matched: Matched) -> Table:
    """The rows that were somebody of ours; all others are dropped."""
    found = matched.found.select("row").union(world.con.table("alias_rows").select("row"))
    return loaded.table.semi_join(found.distinct(), "row")


def _lines(kept: Table, titles: tuple[str, ...]) -> Iterator[bytes]:
    """CSV in UTF-8, some lines at a time."""
    table = kept.drop("row").to_pyarrow()
    yield _csv([titles] if titles else [])
    for batch in table.to_batches(max_chunksize=_LINES):
        yield _csv(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _csv(rows: object) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()
