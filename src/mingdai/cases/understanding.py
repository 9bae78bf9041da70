"""What a found list looks like: rows, titles, for each column the shapes of its cells and a guess.

Whoever corrects the reading sees shapes and shares, nobody's data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ibis.backends.duckdb import Backend as Connection

from mingdai.cases.columns import ROLES, shape
from mingdai.cases.models import FoundList
from mingdai.cases.unsealing import unsealed
from mingdai.errors import Invalid
from mingdai.trace.keys import Mapping
from mingdai.trace.reading.columns import understand
from mingdai.trace.reading.tables import load_list
from mingdai.trace.reading.worlds import connect

MOST_COLUMNS = 60
SHAPES = 2
TITLE_CHARACTERS = 20


def look_at(row: FoundList) -> dict[str, object]:
    """What `FoundList.understood` keeps; the list is opened into memory and let go.

    Raises Invalid for a list that cannot be cut into cells.
    """
    con = connect_in_memory()
    try:
        with unsealed(row) as path:
            loaded = load_list(con, path)
    finally:
        con.disconnect()
    width = max((len(each) for each in loaded.sample), default=0)
    if width > MOST_COLUMNS:
        raise Invalid(code="list.columns", reason=f"more than {MOST_COLUMNS} columns")
    mapping = understand(loaded.sample, loaded.titles, frozenset())
    return {
        "rows": loaded.rows,
        "unreadable": loaded.unreadable,
        "encoding": loaded.form.encoding,
        "delimiter": loaded.form.delimiter,
        "header": bool(loaded.titles),
        "columns": [_column(each, loaded.sample, loaded.titles, mapping) for each in range(width)],
    }


def connect_in_memory() -> Connection:
    """DuckDB that writes nothing to a disk: what does not fit into its memory fails."""
    return connect()


def _column(
    place: int, sample: Sequence[Sequence[str]], titles: Sequence[str], mapping: Mapping
) -> dict[str, object]:
    cells = [row[place].strip() for row in sample if place < len(row)]
    filled = [each for each in cells if each]
    shapes = Counter(map(shape, filled)).most_common(SHAPES)
    title = titles[place] if place < len(titles) else ""
    return {
        "title": re.sub(r"\d", "0", title)[:TITLE_CHARACTERS],
        "filled": round(len(filled) / max(1, len(cells)), 3),
        "shapes": [[form, round(often / len(filled), 3)] for form, often in shapes],
        "roles": [role for role in ROLES if place in getattr(mapping, role)],
        "emails": bool(filled) and sum("@" in each for each in filled) > len(filled) / 2,
    }
