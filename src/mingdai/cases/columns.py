"""What the columns of a found list are taken for, and which fields that makes us read.

A shape has a sign for each sign of a cell (a digit is 0, a letter a, a Chinese character 字), so a
person can correct the reading without seeing anybody's data.  Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mingdai.errors import Invalid

ROLES = ("mobile", "id_no", "name", "city", "amount", "time", "address")
"""As `trace.reading.columns` has them."""

FIELD_OF = {
    "mobile": "mobile",
    "id_no": "id_number",
    "name": "name",
    "city": "address",
    "address": "address",
}
"""Which field of the catalogue is compared with a column; amounts and times are no fields."""

SHAPE_CHARACTERS = 24


def shape(cell: str) -> str:
    """The cell without what it says."""
    plain = re.sub(r"\d", "0", cell.strip())
    plain = re.sub(r"[^\W\d_]", lambda found: "a" if found.group().isascii() else "字", plain)
    return plain[:SHAPE_CHARACTERS]


def mapping_of(chosen: Mapping[int, Sequence[str]]) -> dict[str, list[int]]:
    """Columns (from 0) by role, of roles by column; raises Invalid `list.columns`."""
    found: dict[str, list[int]] = {role: [] for role in ROLES}
    for place, roles in sorted(chosen.items()):
        for role in roles:
            if role not in found:
                raise Invalid(code="list.columns", reason="not a kind of column", field="columns")
            found[role].append(place)
    return {role: places for role, places in found.items() if places}


def fields_of(mapping: Mapping[str, Sequence[int]]) -> frozenset[str]:
    """The fields that have to be read to compare these columns, and no other."""
    return frozenset(FIELD_OF[role] for role in mapping if role in FIELD_OF)
