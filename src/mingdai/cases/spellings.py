"""Keyed spellings in a found list: whose copy its rows are written like.

Only rows that are exactly one person of ours count, and only recipients whose copy of that person
was marked.  The score's tail is known by design, so it is a trial like an alias's: one hit where
the p-value is at most `CLEAR`, with that p-value as its chance; what is less clear is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import numpy as np
from ibis.expr.types import Table

from mingdai.gate.models import Disclosure
from mingdai.trace.contacting import LEFT
from mingdai.trace.keys import Mapping as Columns
from mingdai.trace.matching import Matched
from mingdai.trace.reading.worlds import World
from mingdai.trace.signals.variants import Given, Row, gather, weigh_variants
from mingdai.trace.words import DecoyTrial
from mingdai.vault.drawing import draw

KIND = "variants"
CLEAR = 1e-4
MOST_ROWS = 20_000
"""Rows looked at: far more than naming any number of colluders takes."""

_ROLES = ("name", "address", "amount")
_EMPLOYER = re.compile("(?:有限公司|有限责任公司)\\s*$")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class SpellingHits:
    """The trial, None where no copy was marked; and what was scored, by recipient."""

    trial: DecoyTrial | None
    scored: dict[str, dict[str, float]]


def find_spellings(
    world: World,
    found: Table,
    columns: Columns,
    matched: Matched,
    people: Mapping[int, UUID],
    *,
    until: datetime,
) -> SpellingHits:
    """Score every recipient that had marked copies by `until` of people in the list."""
    rows = list(_rows(world, found, columns, matched, people))
    copies = _copies(world, {row.record for row in rows}, until)
    if not copies:
        return SpellingHits(None, {})
    test = weigh_variants(gather(rows, copies, world.partners, draw), len(world.partners))
    clear = test.p_value <= CLEAR
    trial = DecoyTrial(KIND, clear.astype(np.int64), np.where(clear, test.p_value, 1.0))
    scored = {
        world.partners[each]: {
            "places": int(test.places[each]),
            "score": round(float(test.score[each]), 3),
            "p_value": float(f"{test.p_value[each]:.5g}"),
        }
        for each in np.flatnonzero(test.places)
    }
    return SpellingHits(trial, scored)


def _rows(
    world: World, found: Table, columns: Columns, matched: Matched, people: Mapping[int, UUID]
) -> Iterator[Row]:
    """Rows that are one person exactly, as the list writes them."""
    sure = matched.found.filter(matched.found["exact"] & matched.found["alone"])
    told = world.con.table("listed").select("row", "at", "step")
    joined = found.join(sure.select("row", "borrower_id"), "row").join(told, "row")
    table = world.con.to_pyarrow(joined.order_by("row").limit(MOST_ROWS))
    roles = {role: getattr(columns, role)[0] for role in _ROLES if getattr(columns, role)}
    for line in table.to_pylist():
        person = people.get(line["borrower_id"])
        if person is not None:
            written = {role: line[f"c{place}"] for role, place in roles.items()}
            written |= _employer(line)
            told_at = line["at"] if line["step"] == 1 else None
            at = None if told_at is None else datetime.fromtimestamp(told_at, UTC)
            yield Row(str(person), {code: text for code, text in written.items() if text}, at)


def _employer(line: Mapping[str, object]) -> dict[str, str]:
    """The first cell that ends as a company's name does; lists seldom say which column that is."""
    for name, text in line.items():
        if name.startswith("c") and isinstance(text, str) and _EMPLOYER.search(text):
            return {"employer": text}
    return {}


def _copies(world: World, records: set[str], until: datetime) -> dict[str, list[Given]]:
    """The marked copies of these borrowers that had left us, by recipient."""
    numbers = {name: place for place, name in enumerate(world.partners)}
    places: dict[tuple[str, int], set[str]] = defaultdict(set)
    ids = sorted(records)
    for start in range(0, len(ids), _CHUNK):
        rows = Disclosure.objects.filter(
            LEFT, borrower_id__in=ids[start : start + _CHUNK], disclosed_at__lte=until
        ).exclude(places=[])
        for borrower_id, recipient, marked in rows.values_list(
            "borrower_id", "recipient_id", "places"
        ):
            if recipient in numbers:
                places[str(borrower_id), numbers[recipient]] |= set(marked)
    copies: dict[str, list[Given]] = defaultdict(list)
    for (record, number), marked in places.items():
        copies[record].append(Given(number, frozenset(marked)))
    return dict(copies)
