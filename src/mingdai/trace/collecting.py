"""From matched rows and the ledger to a `Case`: who is listed, whose copies could show it.

Only disclosures before the list was found count.  Very long lists are thinned by hashed person, the
list, the ledger and the population alike, so that every rate stays what it was; decoys are counted
on the whole list.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from mingdai.trace.keeping import keep
from mingdai.trace.matching import Matched, contradictions
from mingdai.trace.reading.worlds import World, thinned
from mingdai.trace.sifting import decoy_trials
from mingdai.trace.unmasking import shown
from mingdai.trace.words import Case, Copies, Draws, Flags, Floats, Ints, People

MOST_PEOPLE = 200_000
OTHERWISE = 0.05
"""Fit of a copy for each thing it contradicts: lists are merged and mistyped."""

_EAST_8 = 28_800
_LEAST_WEIGHT = 0.03


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of one query as arrays."""

    table: pa.Table

    def whole(self, name: str) -> Ints:
        """A column of whole numbers; NULL is -1."""
        column = self.table.column(name).combine_chunks().cast(pa.int64()).fill_null(-1)
        return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.int64)

    def real(self, name: str) -> Floats:
        """A column of real numbers."""
        column = self.table.column(name).combine_chunks().cast(pa.float64())
        return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)

    def true(self, name: str) -> Flags:
        """A column of truths; NULL is false."""
        return self.whole(name) > 0


def collect(world: World, matched: Matched, found_at: int | None) -> Case:
    """The case of the list whose tables `listed` and `matches` are in the world's connection."""
    con = world.con
    log = world.ledger if found_at is None else world.ledger.filter(world.ledger["at"] <= found_at)
    people = _people(world, matched)
    count = int(people.count().execute())
    thin = max(1, -(-count // MOST_PEOPLE))
    kept = people.filter(thinned(people["borrower_id"], thin)) if thin > 1 else people
    kept = keep(con, "people", kept)
    listed = Rows(con.to_pyarrow(kept))
    copies = _copies(world, kept, log)
    sample, held, drawn, population = _population(world, log, found_at)
    trials = decoy_trials(world, matched, log)
    ids = listed.whole("borrower_id")
    return Case(
        partners=world.partners,
        listed=People(
            listed.real("weight"), listed.whole("stratum").clip(0), _fitted(listed, ids, copies)
        ),
        sample=People(sample.weight / thin, sample.stratum, sample.copies),
        held=held / thin,
        drawn=drawn / thin,
        population=population / thin,
        draws=_draws(con.to_pyarrow(_drawn(kept, log)), ids),
        has_draws=bool(drawn.any()),
        decoys=trials or (),
        has_decoys=trials is not None,
        rows=matched.rows,
        matched=matched.matched,
        without_key=matched.without_key,
    )


def _people(world: World, matched: Matched) -> Table:
    """One row for each person: certainty, stratum, what is shown of it and when."""
    con, listed = world.con, world.con.table("listed")
    fields = (
        (listed["name"].notnull() | listed["surname"].notnull()).cast("int16")
        + (listed["mobile"].notnull() | listed["tail"].notnull() | listed["digest"].notnull())
        .cast("int16") * 2
        + (listed["id_no"].notnull() | listed["id_tail"].notnull()).cast("int16") * 4
        + listed["amount"].notnull().cast("int16") * 16
    )  # fmt: skip
    told = listed.select("row", "at", "step", shown=fields)
    pair = matched.found.join(told, "row")
    grouped = pair.group_by("borrower_id").agg(
        weight=pair["weight"].max().cast("float64"),
        shown=pair["shown"].bit_or(),
        seen_at=pair["at"].min(),
        step=pair["step"].min(),
    )
    kept = grouped.filter(grouped["weight"] >= _LEAST_WEIGHT)
    table = keep(con, "weighted", kept)
    joined = table.left_join(world.kinds, "borrower_id")
    return joined.select(*table.columns, stratum=joined["stratum"].fill_null(0))


def _versions(world: World, people: Table) -> Table:
    """How well each version of a listed person agrees with what is shown of it."""
    con = world.con
    rows = con.table("matches").semi_join(people, "borrower_id")
    pair = rows.join(shown(con.table("listed")), "row").join(world.keys, "borrower_id")
    counted = pair.group_by("borrower_id", "version").agg(against=contradictions(pair).min())
    least = counted["against"].min().over(ibis.window(group_by=counted["borrower_id"]))
    return counted.select(
        "borrower_id", "version", worse=(counted["against"] - least).cast("float64")
    )


def _copies(world: World, people: Table, log: Table) -> Rows:
    """Every recipient of every listed person, with what speaks for and against its copy."""
    con = world.con
    versions = keep(con, "versions", _versions(world, people))
    mine = log.join(people.select("borrower_id", "seen_at", "step"), "borrower_id")
    fitted = mine.left_join(versions, ["borrower_id", "version"])
    step = fitted["step"].fill_null(1)
    same = [
        (((fitted["at"] + shift) // step) == (fitted["seen_at"] // step)).fill_null(False)
        for shift in (0, _EAST_8)
    ]
    grouped = fitted.group_by("borrower_id", "partner").agg(
        worse=fitted["worse"].fill_null(1.0).min(),
        fields=fitted["fields"].bit_or(),
        natural=(~fitted["drawn"]).any(),
        natural_at=fitted["at"].min(where=~fitted["drawn"]),
        drawn_at=fitted["at"].min(where=fitted["drawn"]),
        same_utc=same[0].any(),
        same_east=same[1].any(),
    )
    first = grouped["drawn_at"].min().over(ibis.window(group_by=grouped["borrower_id"]))
    before = ibis.literal(world.barred_always) | (grouped["natural_at"] <= first)
    chosen = grouped["natural"] & (first.isnull() | before.fill_null(False))
    return Rows(con.to_pyarrow(grouped.mutate(chosen=chosen)))


def _fitted(listed: Rows, ids: Ints, copies: Rows) -> Copies:
    """Copies with their fit: version, fields and time."""
    order = np.argsort(ids)
    person = order[np.searchsorted(ids[order], copies.whole("borrower_id"))]
    shown_ = listed.whole("shown")[person]
    lacking = (shown_ & ~copies.whole("fields")) != 0
    fit = OTHERWISE ** copies.real("worse") * np.where(lacking, OTHERWISE, 1.0)
    timed = listed.whole("seen_at") >= 0
    same = max(
        (copies.true(name) for name in ("same_utc", "same_east")), key=lambda each: each.sum()
    )
    explained = np.bincount(person, same, minlength=len(ids)) > 0
    tellings = np.bincount(person, minlength=len(ids))
    all_same = np.bincount(person, same, minlength=len(ids)) == tellings
    if timed.sum() and explained[timed].mean() > 0.2 and not all_same[timed].all():
        fit = np.where(explained[person] & ~same, fit * OTHERWISE, fit)
    return Copies(person, copies.whole("partner"), fit, copies.true("chosen"))


def _drawn(people: Table, log: Table) -> Table:
    draws = log.filter(log["drawn"])
    return draws.join(people.select("borrower_id"), "borrower_id").select(
        "borrower_id", "partner", "propensity"
    )


def _draws(table: pa.Table, ids: Ints) -> Draws:
    rows = Rows(table)
    order = np.argsort(ids)
    person = order[np.searchsorted(ids[order], rows.whole("borrower_id"))] if len(ids) else ids
    return Draws(person, rows.whole("partner"), np.clip(rows.real("propensity"), 1e-9, 1.0))


def _population(
    world: World, log: Table, found_at: int | None
) -> tuple[People, Floats, Floats, float]:
    """The sample before the cut, and what each recipient held and drew in all."""
    con, size = world.con, len(world.partners)
    seen = world.sampled
    seen = seen if found_at is None else seen.filter(seen["at"] <= found_at)
    grouped = seen.group_by("borrower_id", "partner").agg(
        natural=(~seen["drawn"]).any(), often=seen.count(), drew=seen["drawn"].sum()
    )
    joined = grouped.left_join(world.kinds, "borrower_id")
    rows = Rows(con.to_pyarrow(
        joined.select("borrower_id", "partner", "natural", "often", stratum=joined["stratum"])
    ))  # fmt: skip
    ids, person = np.unique(rows.whole("borrower_id"), return_inverse=True)
    partner = rows.whole("partner")
    stratum = np.zeros(len(ids), dtype=np.int64)
    stratum[person] = rows.whole("stratum").clip(0)
    weight = np.full(len(ids), float(world.thin))
    copies = Copies(person, partner, np.ones(len(person)), rows.true("natural"))
    totals = Rows(con.to_pyarrow(
        log.group_by("partner").agg(n=log.count(), drew=log["drawn"].sum())
    ))  # fmt: skip
    counts, drawn = np.zeros(size), np.zeros(size)
    counts[totals.whole("partner")] = totals.real("n")
    drawn[totals.whole("partner")] = totals.real("drew")
    often = np.bincount(partner, rows.real("often"), minlength=size)
    once = np.bincount(partner, minlength=size)
    held = counts * np.where(often > 0, once / np.maximum(often, 1.0), 1.0)
    return People(weight, stratum, copies), held, drawn, float(weight.sum())
