"""Small worlds written by hand: a few made-up people and disclosures, as files of docs/trace.md."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from mingdai.trace.keeping import keep_rows
from mingdai.trace.keys import Mapping, normalised
from mingdai.trace.reading.worlds import World, connect, open_world

DAY_0 = datetime(2023, 1, 1)  # noqa: DTZ001 - the files hold times without a zone, in UTC
ALL_FIELDS = 63


def person(number: int, **changes: object) -> dict[str, object]:
    """One row of `borrowers`; numbers, names and IDs follow from `number`."""
    names = ("王伟强", "李娜", "张敏静", "刘洋", "陈杰", "杨芳", "赵军", "黄磊")
    return {
        "borrower_id": number, "version": 0, "valid_from_day": 0, "name": names[number % 8],
        "mobile": f"1990000{number:04d}", "id_no": f"99999919900101{number:03d}X",
        "address": "广州市示例路1号", "city": "广州市", "age": 20 + number % 40,
        "amount": 1000 * (number % 50 + 1), "joined": DAY_0 + timedelta(days=number % 100),
    } | changes  # fmt: skip


def sent(borrower: int, partner: str, day: int = 10, **changes: object) -> dict[str, object]:
    """One row of `ledger`."""
    return {
        "ts": DAY_0 + timedelta(days=day), "partner_id": partner, "borrower_id": borrower,
        "version": 0, "fields": ALL_FIELDS, "randomised": 0, "propensity": 1.0, "decoy": 0,
    } | changes  # fmt: skip


BORROWERS = pa.schema({
    "borrower_id": pa.int64(), "version": pa.int8(), "valid_from_day": pa.int32(),
    "name": pa.string(), "mobile": pa.string(), "id_no": pa.string(), "address": pa.string(),
    "city": pa.string(), "age": pa.int64(), "amount": pa.int64(), "joined": pa.timestamp("us"),
})  # fmt: skip
LEDGER = pa.schema({
    "disclosure_id": pa.int64(), "ts": pa.timestamp("us"), "partner_id": pa.string(),
    "borrower_id": pa.int64(), "version": pa.int8(), "fields": pa.int16(),
    "randomised": pa.int8(), "propensity": pa.float64(), "decoy": pa.int8(),
})  # fmt: skip


def write_small(folder: Path, people: list[dict], log: list[dict]) -> tuple[Path, Path]:
    """`borrowers.parquet` and `ledger.parquet` in `folder`."""
    rows = [{"disclosure_id": number, **row} for number, row in enumerate(log)]
    borrowers, ledger = folder / "borrowers.parquet", folder / "ledger.parquet"
    pq.write_table(pa.Table.from_pylist(people, schema=BORROWERS), borrowers)
    pq.write_table(pa.Table.from_pylist(rows, schema=LEDGER), ledger)
    return borrowers, ledger


def small_world(folder: Path, people: list[dict], log: list[dict]) -> World:
    return open_world(connect(), *write_small(folder, people, log))


COLUMNS = Mapping((0,), (1,), (2,), (3,), (4,), (5,))
"""mobile, id_no, name, city, amount, time"""


def listed(con, rows: list[tuple[str | None, ...]]) -> ibis.Table:
    """A normalised list with the columns of `COLUMNS`; short rows are filled."""
    full = [(*row, *[None] * (6 - len(row))) for row in rows]
    columns = {
        f"c{place}": pa.array([row[place] for row in full], pa.string()) for place in range(6)
    }
    arrow = pa.table({"row": pa.array(range(len(rows)), pa.int64()), **columns})
    return normalised(keep_rows(con, "found_rows", arrow), COLUMNS)
