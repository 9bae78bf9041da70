"""Decoys in a list, and how many of them guessing alone would put there.

A decoy counts where one recipient alone ever had it before the list was found, and a row fits it
and nobody else.  The chance is from above: every row that no real person explains is taken for a
guess, spread over the ten thousand ends of the numbers that begin as the decoy's does, and over
names and cities as people have them.  Formulae: docs/trace.md#decoys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from mingdai.trace.keeping import keep
from mingdai.trace.matching import Matched
from mingdai.trace.reading.worlds import World
from mingdai.trace.unmasking import says, shown
from mingdai.trace.words import DecoyTrial, Floats, Ints

_SURE = 0.5
_ENDS = 1e4
"""Ends of four digits."""

_WHOLE, _SURNAME, _NONE = 0, 1, 2
"""What a row shows of the name: its first and last sign, its first, nothing."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How common the values of a field are among all people, a little from above."""

    of: Mapping[Any, int]
    people: int

    def share(self, value: Any) -> float:  # noqa: ANN401 - a key of any column
        """Frequency of `value`; one more person is taken to have it."""
        return (self.of.get(value, 0) + 1) / (self.people + 1)


def decoy_trials(world: World, matched: Matched, log: Table) -> tuple[DecoyTrial, ...] | None:
    """Trials by exact and by masked keys; None where the world has no exclusive decoy."""
    made = keep(world.con, "decoys", _exclusive(log))
    facts = world.con.to_pyarrow(_facts(world, made)).to_pylist()
    if not facts:
        return None
    hits = keep(world.con, "decoy_hits", _hits(world, matched, made))
    real = matched.found.anti_join(made, "borrower_id")
    listed = world.con.table("listed")
    trials = [
        DecoyTrial(
            "exact",
            _count(world, hits.filter(hits["exact"])),
            _exact_chance(
                world,
                facts,
                listed.anti_join(real.filter(real["exact"]), "row"),
                listed.anti_join(matched.found, "row"),
            ),
        )
    ]
    whole = int((listed["mobile"].notnull() | listed["id_no"].notnull()).sum().execute() or 0)
    if whole < matched.rows - matched.without_key:
        chance = _masked_chance(world, facts, listed.anti_join(real, "row"))
        trials.append(DecoyTrial("masked", _count(world, hits.filter(~hits["exact"])), chance))
    return tuple(trials)


def _exclusive(log: Table) -> Table:
    """Made-up people that one recipient alone had."""
    grouped = log.group_by("borrower_id").agg(
        made=log["decoy"].any(), many=log["partner"].nunique(), partner=log["partner"].min()
    )
    decoys = log.filter(log["decoy"]).select("borrower_id").distinct()
    some = grouped.semi_join(decoys, "borrower_id")
    return some.filter(some["made"] & (some["many"] == 1)).select("borrower_id", "partner")


def _facts(world: World, made: Table) -> Table:
    """What a guess would have to meet of each decoy."""
    joined = made.join(world.keys, "borrower_id")
    return joined.select(
        "borrower_id",
        "partner",
        "head3",
        "surname",
        "city",
        block=joined["mobile"] // 10_000,
        last=joined["name"].right(1),
    ).distinct(on="borrower_id")


def _hits(world: World, matched: Matched, made: Table) -> Table:
    """Decoys that a row fits, alone, and whose name and city the row does not contradict."""
    found = matched.found.filter(matched.found["alone"] & (matched.found["weight"] >= _SURE))
    pair = found.join(made, "borrower_id").join(shown(world.con.table("listed")), "row")
    pair = pair.join(world.keys, "borrower_id")
    _, _, name, city, _ = says(pair)
    agreeing = pair.filter(name.fill_null(True) & city.fill_null(True))
    return agreeing.select("borrower_id", "partner", "exact").distinct()


def _exact_chance(
    world: World, facts: list[dict[str, Any]], guesses: Table, strange: Table
) -> Floats:
    """Whole numbers guessed: evenly, or as densely as `strange` rows are around the decoy."""
    numbers = strange.filter(strange["mobile"].notnull())
    near = _counts(world, numbers.select(block=numbers["mobile"] // 10_000))
    heads, rows = _shares(world, "head3"), int(guesses.count().execute())
    weigh_name = _name_weigher(world, guesses)
    chance = np.zeros(len(world.partners))
    for fact in facts:
        even = rows * heads.share(fact["head3"]) / _ENDS
        dense = near.get(fact["block"], 0)
        chance[fact["partner"]] += max(even, dense) / _ENDS * weigh_name(fact)
    return chance


def _masked_chance(world: World, facts: list[dict[str, Any]], guesses: Table) -> Floats:
    """Ends guessed by the rows that show the decoy's beginning, or none."""
    by_head = _counts(world, guesses.select(head=guesses["head"].substr(0, 3)))
    weigh_name = _name_weigher(world, guesses)
    chance = np.zeros(len(world.partners))
    for fact in facts:
        rows = by_head.get(fact["head3"], 0) + by_head.get(None, 0)
        chance[fact["partner"]] += rows / _ENDS * weigh_name(fact)
    return chance


def _name_weigher(world: World, guesses: Table) -> Any:  # noqa: ANN401 - a function of a decoy's facts
    """How often a guess would show the decoy's name and city too, over the kinds of rows."""
    pair = guesses["name"].notnull() | (guesses["surname"].notnull() & guesses["given"].notnull())
    kinds = _counts(
        world,
        guesses.select(
            kind=ibis.cases((pair, _WHOLE), (guesses["surname"].notnull(), _SURNAME), else_=_NONE)
        ),
    )
    placed = int(guesses["city"].notnull().sum().execute() or 0)
    rows = max(1, sum(kinds.values()))
    surnames, cities = _shares(world, "surname"), _shares(world, "city")
    names = _shares(world, "surname", "last")

    def weigh(fact: Mapping[str, Any]) -> float:
        by_name = (
            kinds.get(_WHOLE, 0) * names.share((fact["surname"], fact["last"]))
            + kinds.get(_SURNAME, 0) * surnames.share(fact["surname"])
            + kinds.get(_NONE, 0)
        ) / rows
        city = placed / rows * cities.share(fact["city"]) + 1 - placed / rows
        return by_name * city

    return weigh


def _shares(world: World, *columns: str) -> Shares:
    keys = world.keys
    if "last" in columns:
        keys = keys.mutate(last=keys["name"].right(1))
    counts = _counts(world, keys.select(*columns))
    return Shares(counts, sum(counts.values()))


def _counts(world: World, rows: Table) -> dict[Any, int]:
    """How often each value, or pair of values, occurs."""
    table = world.con.to_pyarrow(rows.group_by(list(rows.columns)).agg(how_often=rows.count()))
    *keys, often = (column.to_pylist() for column in table.columns)
    single = keys[0] if len(keys) == 1 else zip(*keys, strict=True)
    return dict(zip(single, often, strict=True))


def _count(world: World, hits: Table) -> Ints:
    counted = hits.group_by("partner").agg(n=hits["borrower_id"].nunique())
    return _by_partner(world.con.to_pyarrow(counted), len(world.partners)).astype(np.int64)


def _by_partner(table: pa.Table, size: int) -> Floats:
    counts = np.zeros(size)
    counts[table.column("partner").to_numpy()] = table.column("n").to_numpy().astype(float)
    return counts
