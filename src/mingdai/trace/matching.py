"""Whose rows are these: join a normalised list with the keys of everybody.

Whole numbers, their digests and whole IDs match exactly; two people with the same number share the
row, unless its name or city speaks for one of them.  Masked rows: `unmasking`.  A number with one
wrong sign, or two signs swapped, matches where the name is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table

from mingdai.trace.digesting import digests_for
from mingdai.trace.keeping import keep
from mingdai.trace.reading.worlds import World
from mingdai.trace.unmasking import (
    chances,
    masked_pairs,
    parted,
    says,
    shown,
    soft_weights,
    usable,
    ways_of,
)

_DIGITS = 11
_TYPO_WEIGHT = 0.9


@dataclass(frozen=True, slots=True)
class Matched:
    """`found`: row, borrower_id, exact, alone, weight; and how rows fared."""

    found: Table
    rows: int
    matched: int
    without_key: int
    """Rows that hold nothing by which a person could be told."""
    notes: tuple[str, ...]


def match(world: World, found: Table) -> Matched:
    """Match the normalised list `found`; the result lives in temporary tables of the world."""
    con, keys = world.con, world.keys
    listed = keep(con, "listed", found)
    pairs, notes = exact_pairs(world, listed)
    exact = keep(con, "exact", pairs)
    table = keep(con, "matches", exact_weights(keys, listed, exact))
    loose = keep(con, "loose", listed.anti_join(exact, "row"))
    asked = keep(con, "asked", parted(loose))
    ways = ways_of(con, asked)
    masked = keep(con, "masked", masked_pairs(keys, asked, ways))
    if ways:
        soft = soft_weights(masked, loose, chances(con, keys, loose, masked, ways))
        con.insert("matches", soft)
    if not _is_empty(loose.filter(loose["mobile"].notnull() & loose["name"].notnull())):
        con.insert("matches", typo_pairs(keys, loose.anti_join(masked, "row")))
    rows, blank = int(listed.count().execute()), int(without_key(asked).count().execute())
    return Matched(table, rows, int(table["row"].nunique().execute()), blank, notes)


def without_key(asked: Table) -> Table:
    """Rows that hold nothing that could single a person out."""
    whole = ("mobile_shown", "digest", "id_shown", "id_digest")
    bare = asked.filter(ibis.and_(*(asked[each].isnull() for each in whole)))
    return bare.filter(~usable(bare).fill_null(False)).select("row")


def _is_empty(rows: Table) -> bool:
    return int(rows.limit(1).count().execute()) == 0


def exact_pairs(world: World, listed: Table) -> tuple[Table, tuple[str, ...]]:
    """Rows and people with the same whole number, digest or ID; and what could not be tried."""
    keys = world.keys
    parts = [joined(listed, keys, "mobile", "mobile"), joined(listed, keys, "id_no", "id_no")]
    table, notes = digests_for(world.con, keys, listed, world.digests)
    if table is not None:
        parts += [joined(listed, table, each, "digest") for each in ("digest", "id_digest")]
    return ibis.union(*parts).distinct(), notes


def joined(listed: Table, keys: Table, left: str, right: str) -> Table:
    """Rows and people whose columns `left` and `right` are the same, once for each version."""
    some = listed.filter(listed[left].notnull()).select("row", key=listed[left])
    known = keys.filter(keys[right].notnull()).select("borrower_id", key=keys[right])
    return some.join(known, "key").select("row", "borrower_id")


def exact_weights(keys: Table, listed: Table, exact: Table) -> Table:
    """Shared equally by those of a row's people whom the rest of the row contradicts least."""
    pair = exact.join(shown(listed), "row").join(keys, "borrower_id")
    best = pair.group_by("row", "borrower_id").agg(against=contradictions(pair).min())
    least = best.mutate(least=best["against"].min().over(ibis.window(group_by=best["row"])))
    kept = least.filter(least["against"] == least["least"])
    shared = kept.mutate(c=kept.count().over(ibis.window(group_by=kept["row"])))
    return _weighted(shared, exact=True, weight=1.0)


def contradictions(pair: Table) -> IntegerValue:
    """How many of the things a row shows differ from what we know of the person."""
    against = ((~each).fill_null(False).cast("int8") for each in says(pair))
    return reduce(lambda one, other: one + other, against)


def typo_pairs(keys: Table, loose: Table) -> Table:
    """Whole numbers one sign, or one swap, away from that of a person of the same name."""
    rows = loose.filter(loose["mobile"].notnull() & loose["name"].notnull())
    rows = rows.select("row", "name", seen=rows["mobile"].cast("string"))
    known = keys.filter(keys["digits"].notnull()).select("borrower_id", "name", "digits")
    parts = []
    for begin, length in ((0, 5), (6, 5)):
        mine = rows.mutate(part=rows["seen"].substr(begin, length))
        its = known.mutate(part=known["digits"].substr(begin, length))
        pair = mine.join(its, ["name", "part"])
        parts.append(pair.filter(_near(pair["seen"], pair["digits"])).select("row", "borrower_id"))
    pairs = ibis.union(*parts, distinct=True)
    counted = pairs.mutate(c=pairs.count().over(ibis.window(group_by=pairs["row"])))
    return _weighted(counted, exact=False, weight=_TYPO_WEIGHT)


def _near(one: StringValue, other: StringValue) -> BooleanValue:
    """One sign differs, or two neighbours are swapped."""
    differs = [one.substr(at, 1) != other.substr(at, 1) for at in range(_DIGITS)]
    count = reduce(lambda a, b: a + b, (each.cast("int8") for each in differs))
    swapped = ibis.or_(
        *(
            differs[at]
            & (one.substr(at, 1) == other.substr(at + 1, 1))
            & (one.substr(at + 1, 1) == other.substr(at, 1))
            for at in range(_DIGITS - 1)
        )
    )
    return (count <= 1) | ((count == 2) & swapped)


def _weighted(counted: Table, *, exact: bool, weight: float) -> Table:
    """`weight` shared by the `c` people of a row."""
    return counted.select(
        "row",
        "borrower_id",
        exact=ibis.literal(exact),
        alone=counted["c"] == 1,
        weight=weight / counted["c"].cast("float64"),
    )
