"""What the leak's switch changes: which list turns up, and who writes to a borrower's alias.

With the leak on, a lender's own database is copied out, sold and used; off, a list is gathered
elsewhere and only the right lender writes.  Nothing here knows what the product will say.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from mingdai_demo.leaking.people import Person
from mingdai_sandbox.databases import Database
from mingdai_sandbox.storing import TABLES, LenderStore

TITLES = ("姓名", "手机号", "邮箱")
_CODES = ("name", "mobile", "email")

Row = tuple[str, ...]


def copied_out(data: Path, lender: str) -> list[Row]:
    """Name, number and address of everybody in a demo lender's own database."""
    path = data / "sandbox" / "state" / "lenders" / f"{lender}.sqlite3"
    store = LenderStore(Database(path, tables=TABLES))
    values = [store.values_of(each.disclosure_id) for each in store.list_received()]
    return [tuple(each.get(code, "") for code in _CODES) for each in values]


def gathered(people: Iterable[Person]) -> list[Row]:
    """The same of people as anybody else would have it: with their own address."""
    return [(each.name, each.mobile, each.email) for each in people]


def as_list(rows: Sequence[Row], rng: random.Random) -> bytes:
    """A list as one is found: shuffled, with a header, as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(TITLES)
    writer.writerows(rng.sample(list(rows), len(rows)))
    return out.getvalue().encode()
