"""Who a masked row could be, and how likely each of them is; one candidate alone is not forced.

A row is shared by all people that agree with everything it shows, less for the chance that it is
none of them.  That chance is measured on the list itself: the same rows are asked again with other
digits, or with the digits of another row, and whoever fits those fits by luck.
Source: Fellegi and Sunter 1969; the placebo is this product's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend as Connection
from ibis.expr.types import BooleanValue, StringValue, Table

from mingdai.trace.keeping import keep, keep_rows

MOST_CANDIDATES = 32
"""A row that more people fit says nothing about any of them."""

_PROBE = 20_000
_TRIALS = 2_000
_MOST_SHIFTS = 20
_SHIFT = 271


@dataclass(frozen=True, slots=True)
class Chance:
    """What one sort of masked row is worth: by tail, by ID, by name."""

    sort: int
    lucky: float
    """Mean number of people who fit such a row by chance."""
    share: float
    """Share of such rows that are of people we know."""


def agrees(pair: Table) -> BooleanValue:
    """Nothing a masked row shows speaks against this person."""
    return ibis.and_(*(each.fill_null(True) for each in says(pair)))


def says(pair: Table) -> tuple[BooleanValue, ...]:
    """Number, ID, name, city, amount: true agrees, false differs, NULL is not shown."""
    number = ibis.coalesce(
        pair["mobile_shown"] == pair["mobile"],
        pair["digits"].startswith(pair["head"].fill_null(""))
        & pair["digits"].endswith(pair["tail"].fill_null("")),
    )
    id_no = ibis.coalesce(
        pair["id_shown"] == pair["id_no"],
        pair["id_no"].startswith(pair["id_head"].fill_null(""))
        & pair["id_no"].endswith(pair["id_tail"].fill_null("")),
    )
    name = ibis.coalesce(
        pair["name_shown"] == pair["name"],
        pair["name"].startswith(pair["surname_shown"].fill_null(""))
        & pair["name"].endswith(pair["given"].fill_null("")),
    )
    amount = (pair["amount_shown"] - pair["amount"]).abs() <= pair["slack"]
    return number, id_no, name, pair["city_shown"] == pair["city"], amount


_SHOWN = {"mobile": "mobile_shown", "id_no": "id_shown", "name": "name_shown",
          "surname": "surname_shown", "city": "city_shown", "amount": "amount_shown"}  # fmt: skip


def shown(listed: Table) -> Table:
    """The list with names that do not clash with those of the keys."""
    kept = [each for each in listed.columns if each not in _SHOWN]
    return listed.select(*kept, **{new: listed[old] for old, new in _SHOWN.items()})


def usable(asked: Table) -> BooleanValue:
    """Whether some way of asking can find a row's people."""
    return ibis.or_(*(condition for condition, _ in _ways(asked).values()))


def ways_of(con: Connection, asked: Table) -> frozenset[str]:
    """The ways of asking that this list has rows for."""
    ways = _ways(asked)
    counts = con.to_pyarrow(asked.agg(**{name: way.sum() for name, (way, _) in ways.items()}))
    return frozenset(name for name, often in counts.to_pylist()[0].items() if often)


def masked_pairs(keys: Table, asked: Table, ways: frozenset[str] | None = None) -> Table:
    """Rows and people that agree in everything shown; only some `ways` of asking, or all."""
    digits, id_no = keys["digits"], keys["id_no"]
    known = keys.mutate(head7=digits.substr(0, 7), id14=id_no.substr(0, 14))
    found = [asked.select("row", borrower_id=ibis.null("int64")).limit(0)]
    for name, (condition, joins) in _ways(asked).items():
        if ways is None or name in ways:
            some = asked.filter(condition)
            pair = some.join(known, [some[mine] == known[its] for mine, its in joins.items()])
            found.append(pair.filter(agrees(pair)).select("row", "borrower_id"))
    return ibis.union(*found, distinct=True) if len(found) > 1 else found[0]


def parted(listed: Table) -> Table:
    """A list ready to be asked: names that do not clash, and what keys are joined on."""
    rows = shown(listed)

    def cut(column: str, length: int) -> StringValue:
        text = rows[column]
        return (text.length() >= length).ifelse(text.substr(0, length), ibis.null("string"))

    tail = rows["tail"]
    last = (tail.length() >= 4).ifelse(tail.right(4), ibis.null("string"))
    id_last = (rows["id_tail"].length() >= 4).ifelse(rows["id_tail"].right(4), ibis.null("string"))
    return rows.mutate(
        part_first=ibis.coalesce(rows["surname_shown"], rows["name_shown"]).substr(0, 1),
        part_head3=cut("head", 3), part_head7=cut("head", 7), part_tail=last,
        part_id6=cut("id_head", 6), part_id14=cut("id_head", 14), part_id_tail=id_last,
    )  # fmt: skip


def _ways(rows: Table) -> dict[str, tuple[BooleanValue, dict[str, str]]]:
    """When each way of asking is taken, and what it joins; at most one by number, one by ID."""

    def has(*columns: str) -> BooleanValue:
        return ibis.and_(*(rows[each].notnull() for each in columns))

    no_tail, no_id_tail = rows["part_tail"].isnull(), rows["part_id_tail"].isnull()
    no_number = no_tail & rows["part_head3"].isnull()
    no_id = no_id_tail & rows["part_id14"].isnull()
    whole = has("name_shown") & rows["mobile_shown"].isnull() & rows["id_shown"].isnull()
    where = rows["city_shown"].notnull() | rows["amount_shown"].notnull()
    return {
        "head and tail": (has("part_head3", "part_tail"),
                          {"part_head3": "head3", "part_tail": "tail4"}),
        "tail and surname": (has("part_first", "part_tail") & rows["part_head3"].isnull(),
                             {"part_first": "surname", "part_tail": "tail4"}),
        "long head and surname": (has("part_first", "part_head7") & no_tail,
                                  {"part_first": "surname", "part_head7": "head7"}),
        "head and name": (has("name_shown", "part_head3") & no_tail & rows["part_head7"].isnull(),
                          {"name_shown": "name", "part_head3": "head3"}),
        "ID around a mask": (has("part_id6", "part_id_tail"),
                             {"part_id6": "id6", "part_id_tail": "id4"}),
        "end of ID and surname": (has("part_first", "part_id_tail") & rows["part_id6"].isnull(),
                                  {"part_first": "surname", "part_id_tail": "id4"}),
        "birth date and surname": (has("part_first", "part_id14") & no_id_tail,
                                   {"part_first": "surname", "part_id14": "id14"}),
        "name and place or amount": (whole & no_number & no_id & where, {"name_shown": "name"}),
    }  # fmt: skip


def sort_of(rows: Table) -> ibis.Value:
    """0 where a row shows the end of a number, 1 the end of an ID, 2 neither."""
    return ibis.cases((rows["tail"].length() >= 4, 0), (rows["id_tail"].length() >= 4, 1), else_=2)


def chances(
    con: Connection, keys: Table, loose: Table, masked: Table, ways: frozenset[str]
) -> list[Chance]:
    """How each sort of masked row of this list fares against other digits."""
    some = loose.semi_join(_askable(loose), "row").mutate(place=ibis.row_number())
    probe = keep(con, "probe", some.mutate(sort=sort_of(some)).limit(_PROBE))
    counts = _counted(con, probe)
    if not counts:
        return []
    size = sum(counts.values())
    shifts = max(1, min(_MOST_SHIFTS, _TRIALS // size))
    times = keep_rows(con, "shifts", pa.table({"times": range(1, shifts + 1)}))
    placebo = keep(con, "placebo", parted(_elsewhere(probe, times, size)))
    sorts = probe.select("row", "sort")
    lucky = _counted(con, masked_pairs(keys, placebo, ways).join(sorts, "row"))
    real = _counted(con, masked.join(sorts, "row"))
    found = []
    for sort, often in counts.items():
        chance = (lucky.get(sort, 0) + 0.5) / (often * shifts)
        share = (real.get(sort, 0) - chance * often + 0.5) / (often + 1)
        found.append(Chance(sort, chance, min(0.999, max(0.01, share))))
    return found


def _askable(loose: Table) -> Table:
    asked = parted(loose)
    return asked.filter(usable(asked)).select("row")


def _counted(con: Connection, rows: Table) -> dict[int, int]:
    counted = con.to_pyarrow(rows.group_by("sort").agg(n=rows.count())).to_pylist()
    return {int(each["sort"]): int(each["n"]) for each in counted}


def _elsewhere(probe: Table, times: Table, size: int) -> Table:
    """The same rows with other last digits; where those are hidden, with another's beginnings."""
    hidden = ("head", "id_head", "city", "amount")
    other = probe.select(place="place", **{f"other_{name}": probe[name] for name in hidden})
    moved = probe.cross_join(times)
    moved = moved.mutate(place=(moved["place"] + moved["times"]) % size).join(other, "place")
    tail, id_tail, by = moved["tail"], moved["id_tail"], moved["times"] * _SHIFT
    changed = moved.mutate(
        tail=_moved(tail, tail.length() - 4, by),
        id_tail=_moved(id_tail, id_tail.length() - 4, by),
        **{name: (moved["sort"] == 2).ifelse(moved[f"other_{name}"], moved[name])
           for name in hidden},
    )  # fmt: skip
    return changed.select(*(each for each in probe.columns if each not in ("sort", "place")))


def _moved(text: StringValue, start: ibis.Value, by: ibis.Value) -> StringValue:
    """Three digits from `start` moved on by `by`; shorter texts as they are."""
    digits = text.substr(start, 3).cast("int64")
    three = ((digits + by) % 1000).cast("string").lpad(3, "0")
    changed = text.substr(0, start) + three + text.substr(start + 3)
    return (text.length() >= 4).ifelse(changed, text)


def soft_weights(masked: Table, loose: Table, chance: list[Chance]) -> Table:
    """The probability of each of the people who fit: share / (share·c + (1 - share)·lucky)."""
    told = loose.select("row", sort=sort_of(loose))
    counts = masked.group_by("row").agg(c=masked.count())
    few = counts.filter(counts["c"] <= MOST_CANDIDATES)
    joined = masked.join(few, "row").join(told, "row")
    c = joined["c"].cast("float64")
    weights = [(joined["sort"] == each.sort,
                each.share / (each.share * c + (1 - each.share) * each.lucky))
               for each in chance]  # fmt: skip
    return joined.select(
        "row",
        "borrower_id",
        exact=ibis.literal(False),
        alone=joined["c"] == 1,
        weight=ibis.cases(*weights, else_=0.0) if weights else ibis.literal(0.0),
    )
