"""Decoys in a list, and how many of them guessing alone would put there.

A decoy counts where one recipient alone ever had it before the list was found, and a row fits it
and nobody else.  The chance is from above: every row that no real person explains is taken for a
guess of a number, spread over the beginnings in use or, where the list is denser around a decoy,
over its own ten thousand neighbours.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from mingdai.trace.keeping import keep
from mingdai.trace.matching import Matched
from mingdai.trace.reading.worlds import World
from mingdai.trace.unmasking import says, shown
from mingdai.trace.words import DecoyTrial, Floats, Ints

_SURE = 0.5


def decoy_trials(world: World, matched: Matched, log: Table) -> tuple[DecoyTrial, ...] | None:
    """Trials by exact and by masked keys; None where the world has no exclusive decoy."""
    con = world.con
    made = keep(con, "decoys", _exclusive(log))
    size = len(world.partners)
    placed = _by_partner(con.to_pyarrow(made.group_by("partner").agg(n=made.count())), size)
    if not placed.any():
        return None
    hits = keep(con, "decoy_hits", _hits(world, matched, made))
    guesses = matched.rows - _explained(world, matched, made)
    once = placed * guesses / (world.heads * 1e8)
    names = _name_factor(world)
    exact = np.maximum(once, _crowded(world, matched, made, size)) * names
    listed = con.table("listed")
    whole = int((listed["mobile"].notnull() | listed["id_no"].notnull()).sum().execute() or 0)
    some_masked = whole < matched.rows - matched.without_key
    trials = [DecoyTrial("exact", _count(world, hits, True, size), exact)]
    if some_masked:
        chance = placed * matched.rows / (world.heads * 1e4) * names
        if not int(listed["head"].notnull().sum().execute() or 0):
            chance = placed * matched.rows / 1e4 * names
        trials.append(DecoyTrial("masked", _count(world, hits, False, size), chance))
    return tuple(trials)


def _exclusive(log: Table) -> Table:
    """Made-up people that one recipient alone had."""
    grouped = log.group_by("borrower_id").agg(
        made=log["decoy"].any(), many=log["partner"].nunique(), partner=log["partner"].min()
    )
    decoys = log.filter(log["decoy"]).select("borrower_id").distinct()
    some = grouped.semi_join(decoys, "borrower_id")
    return some.filter(some["made"] & (some["many"] == 1)).select("borrower_id", "partner")


def _hits(world: World, matched: Matched, made: Table) -> Table:
    """Decoys that a row fits, alone, and whose name the row does not contradict."""
    found = matched.found.filter(matched.found["alone"] & (matched.found["weight"] >= _SURE))
    pair = found.join(made, "borrower_id").join(shown(world.con.table("listed")), "row")
    pair = pair.join(world.keys, "borrower_id")
    return pair.filter(says(pair)[2].fill_null(True)).select(
        "borrower_id", "partner", "exact"
    ).distinct()  # fmt: skip


def _explained(world: World, matched: Matched, made: Table) -> int:
    """Rows that hold the whole number of a real person: no guesses."""
    real = matched.found.filter(matched.found["exact"]).anti_join(made, "borrower_id")
    return int(real["row"].nunique().execute())


def _crowded(world: World, matched: Matched, made: Table, size: int) -> Floats:
    """Expected hits by rows that share a decoy's first seven digits and are nobody's."""
    listed = world.con.table("listed")
    strange = listed.filter(listed["mobile"].notnull()).anti_join(matched.found, "row")
    blocks = strange.mutate(block=strange["mobile"] // 10_000)
    near = blocks.group_by("block").agg(n=blocks.count())
    numbers = world.keys.filter(world.keys["mobile"].notnull())
    decoys = made.join(numbers, "borrower_id")
    decoys = decoys.select("borrower_id", "partner", block=decoys["mobile"] // 10_000).distinct()
    joined = decoys.join(near, "block")
    table = world.con.to_pyarrow(joined.group_by("partner").agg(n=joined["n"].sum()))
    return _by_partner(table, size) / 1e4


def _name_factor(world: World) -> float:
    """How rarely a guess would also guess the name that the rows show."""
    listed = world.con.table("listed")
    row = world.con.to_pyarrow(listed.agg(
        n=listed.count(), whole=listed["name"].notnull().sum(),
        part=listed["surname"].notnull().sum(),
    )).to_pylist()[0]  # fmt: skip
    if (row["whole"] or 0) == row["n"]:
        return world.name_share
    return world.surname_share if (row["whole"] or 0) + (row["part"] or 0) == row["n"] else 1.0


def _count(world: World, hits: Table, exact: bool, size: int) -> Ints:
    some = hits.filter(hits["exact"] == exact)
    counted = some.group_by("partner").agg(n=some["borrower_id"].nunique())
    return _by_partner(world.con.to_pyarrow(counted), size).astype(np.int64)


def _by_partner(table: pa.Table, size: int) -> Floats:
    counts = np.zeros(size)
    counts[table.column("partner").to_numpy()] = table.column("n").to_numpy().astype(float)
    return counts
