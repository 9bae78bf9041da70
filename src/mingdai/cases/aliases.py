"""Aliases in a found list: addresses that exist for one recipient alone.

An alias is a decoy by its form: nobody comes by its 60 random bits except from the recipient, the
platform or the borrower's devices, so its hits are a trial whose null is known by design.  An alias
that never left us speaks against ourselves, and is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import ibis
import numpy as np
import pyarrow as pa
from django.db.models import Exists, OuterRef, Q
from ibis.expr.types import Table

from mingdai.gate.aliasing import handed_over
from mingdai.gate.marking import ALIAS_BITS
from mingdai.gate.models import Alias
from mingdai.trace.keeping import keep, keep_rows
from mingdai.trace.reading.worlds import World
from mingdai.trace.words import DecoyTrial
from mingdai.words import RecipientKind

KIND = "alias"
_ADDRESS = r"([a-z0-9-]{8,64}@[a-z0-9.-]{3,80})"
_NOBODY = -1


@dataclass(frozen=True, slots=True)
class AliasHits:
    """`hits` by recipient, rows that hold one (table `alias_rows`), and how many never left us."""

    trial: DecoyTrial | None
    hits: dict[str, int]
    never_given: int


def find_aliases(world: World, found: Table, *, until: datetime) -> AliasHits:
    """The aliases in any cell of the list, of those given out by `until`."""
    con = world.con
    seen = keep(con, "addresses", _addresses(found))
    known = keep_rows(con, "aliases", _known(world, until))
    rows = keep(con, "alias_rows", seen.join(known, "address"))
    if not int(known.count().execute()):
        return AliasHits(None, {}, 0)
    size = len(world.partners)
    hits = _counted(rows.group_by("partner").agg(n=rows["address"].nunique()).to_pyarrow(), size)
    given = _counted(known.group_by("partner").agg(n=known.count()).to_pyarrow(), size)
    tries = int(seen["address"].nunique().execute())
    never = int(rows.filter(rows["partner"] == _NOBODY)["address"].nunique().execute())
    trial = DecoyTrial(KIND, hits.astype(np.int64), given * tries / 2.0**ALIAS_BITS)
    found_by = {world.partners[each]: int(hits[each]) for each in np.flatnonzero(hits)}
    return AliasHits(trial, found_by, never)


def _addresses(found: Table) -> Table:
    """One row for each address in each row of the list."""
    parts = []
    for name in found.columns:
        if name == "row":
            continue
        address = found[name].lower().re_extract(_ADDRESS, 1).nullif("")
        parts.append(found.select("row", address=address))
    every = ibis.union(*parts, distinct=True) if len(parts) > 1 else parts[0].distinct()
    return every.filter(every["address"].notnull())


def _known(world: World, until: datetime) -> pa.Table:
    places = {name: place for place, name in enumerate(world.partners)}
    rows = list(_given(until))
    return pa.table({
        "address": pa.array([address for address, _ in rows], pa.string()),
        "partner": pa.array([places.get(name, _NOBODY) for _, name in rows], pa.int32()),
    })  # fmt: skip


def _given(until: datetime) -> Iterator[tuple[str, str]]:
    """Every e-mail alias with the recipient that has it, "" where it never left us."""
    left = handed_over('"email"').filter(
        Q(application_id=OuterRef("application_id")) | Q(recipient_kind=RecipientKind.STAFF),
        borrower=OuterRef("borrower"),
        recipient_id=OuterRef("recipient_id"),
        disclosed_at__lte=until,
    )
    rows = Alias.objects.filter(channel=Alias.Channel.EMAIL, minted_at__lte=until)
    for each in rows.annotate(left=Exists(left)).order_by("pk").iterator(chunk_size=2000):
        yield f"{each.local_part}@{each.domain}", each.recipient_id if each.left else ""


def _counted(table: pa.Table, size: int) -> np.ndarray:
    counts = np.zeros(size)
    for place, often in zip(*(column.to_pylist() for column in table.columns), strict=True):
        if place != _NOBODY:
            counts[place] = often
    return counts
