"""Open the files of a world once: borrowers, their keys, the ledger, a sample of people.

Formats: docs/trace.md#files.  The ledger stays where it is until a question needs it: counts by day
and a sample of people are made once, everything else is asked of DuckDB for each list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pyarrow as pa
from ibis.backends.duckdb import Backend as Connection
from ibis.expr.types import Table

from mingdai.errors import Invalid
from mingdai.trace.keeping import keep, keep_rows, look
from mingdai.trace.keys import city_key
from mingdai.trace.working import in_memory

SAMPLE = 200_000
MEMORY = "1600MB"
_BORROWERS = ("borrower_id", "version", "valid_from_day", "name", "mobile", "id_no", "address",
              "city", "age", "amount", "joined")  # fmt: skip
_LEDGER = ("ts", "partner_id", "borrower_id", "version", "fields", "randomised", "propensity",
           "decoy")  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """Tables `keys`, `kinds`, `ledger`, `sampled` in one connection, and their vocabularies."""

    con: Connection
    partners: tuple[str, ...]
    cities: frozenset[str]
    people: int
    thin: int
    """The sample is every person whose hashed id is a multiple of this."""
    keys: Table
    kinds: Table
    ledger: Table
    sampled: Table
    heads: int
    """How many different beginnings of three digits mobiles have."""
    name_share: float
    """Frequency of the commonest name, and of the commonest surname."""
    surname_share: float
    barred_always: bool
    """Who holds a person at any time could not be drawn; else only who did before."""
    digests: dict[str, Table] = field(default_factory=dict)
    """Digests of all numbers and IDs, by kind, made when a list first needs them."""


def connect(work: Path | None = None, threads: int = 2, memory: str = MEMORY) -> Connection:
    """DuckDB in memory alone; given `work`, what does not fit spills there, never in clear.

    Raises `Invalid` working.plain where `work` lies on a disk and DuckDB has no `httpfs`, whose
    OpenSSL it needs to encrypt what it spills.
    """
    con = ibis.duckdb.connect(threads=threads, memory_limit=memory)
    con.raw_sql(f"SET temp_directory = '{work / 'spill' if work else ''}'")
    con.raw_sql("SET preserve_insertion_order = false")
    con.raw_sql("SET enable_progress_bar = false")
    con.raw_sql("SET TimeZone = 'UTC'")
    if work and not in_memory(work):
        _encrypt(con)
    return con


def _encrypt(con: Connection) -> None:
    try:
        con.raw_sql("LOAD httpfs")
        con.raw_sql("SET temp_file_encryption = true")
    except duckdb.Error as error:
        raise Invalid(
            code="working.plain",
            reason="the working folder is on a disk and DuckDB cannot encrypt what it puts there",
            field="working",
            remedy="use a folder in memory (tmpfs), leave it out, or install DuckDB's httpfs",
        ) from error


def open_world(con: Connection, borrowers: Path, ledger: Path) -> World:
    """Read both files; raises `Invalid` where a column is missing."""
    people = _parquet(con, borrowers, "borrowers", _BORROWERS)
    raw = _parquet(con, ledger, "disclosures", _LEDGER)
    raw = raw.filter(raw["partner_id"].notnull())
    partners = tuple(sorted(str(each) for each in
                            con.to_pyarrow(raw["partner_id"].cast("string").as_table().distinct())
                            .column(0).to_pylist()))  # fmt: skip
    log = _ledger(con, raw, partners)
    count = int(people["borrower_id"].nunique().execute())
    thin = max(1, -(-count // SAMPLE))
    keys = _keys(con, people)
    kinds = _kinds(con, people)
    sampled = _sampled(con, log, thin)
    names = _commonest(con, keys, "name"), _commonest(con, keys, "surname")
    cities = con.to_pyarrow(keys.select("city").distinct()).column(0).to_pylist()
    return World(
        con, partners, frozenset(str(each) for each in cities if each), count, thin, keys, kinds,
        log, sampled, max(1, int(keys["head3"].nunique().execute() or 1)), *names,
        _barred_always(con, sampled),
    )  # fmt: skip


def thinned(column: ibis.Value, by: int) -> ibis.Value:
    """True for one in `by` people, the same ones in every table."""
    return ((column.cast("int64") * 2_654_435_761) % 1_000_003) % by == 0


def _parquet(con: Connection, path: Path, name: str, needed: tuple[str, ...]) -> Table:
    if not path.exists():
        raise Invalid(code="world.missing", reason=f"there is no file of {name}", field=name)
    try:
        table = con.read_parquet(
            str(path / "*.parquet" if path.is_dir() else path), table_name=name
        )
    except duckdb.Error as error:
        raise Invalid(
            code="world.form", reason=f"{name} is not a Parquet file", field=name
        ) from error
    missing = [each for each in needed if each not in table.columns]
    if missing:
        raise Invalid(
            code="world.columns",
            reason=f"{name} has no column {', '.join(missing)}",
            field=name,
            remedy="see docs/trace.md",
        )
    return table


def _ledger(con: Connection, raw: Table, partners: tuple[str, ...]) -> Table:
    """The ledger with small whole numbers for recipients and seconds for times."""
    names = pa.table({"partner_id": pa.array(partners, pa.string()),
                      "partner": pa.array(range(len(partners)), pa.int16())})  # fmt: skip
    listed = keep_rows(con, "recipients", names)
    joined = raw.mutate(partner_id=raw["partner_id"].cast("string")).join(listed, "partner_id")
    return look(
        con,
        "ledger",
        joined.select(
            borrower_id=joined["borrower_id"].cast("int64"),
            partner=joined["partner"].cast("int16"),
            at=joined["ts"].cast("timestamp").epoch_seconds().cast("int64"),
            version=joined["version"].cast("int8"),
            fields=joined["fields"].cast("int16"),
            drawn=joined["randomised"].cast("int8") == 1,
            propensity=joined["propensity"].cast("float64"),
            decoy=joined["decoy"].cast("int8") == 1,
        ),
    )


def _keys(con: Connection, people: Table) -> Table:
    """One row for each person and version, with what lists are joined on."""
    number = people["mobile"].cast("string").re_extract(r"(1[3-9]\d{9})$", 1).nullif("")
    id_no = people["id_no"].cast("string").upper()
    name = people["name"].cast("string")
    return keep(
        con,
        "keys",
        people.select(
            borrower_id=people["borrower_id"].cast("int64"),
            version=people["version"].cast("int8"),
            from_day=people["valid_from_day"].cast("int32"),
            mobile=number.cast("int64"),
            digits=number,
            head3=number.substr(0, 3),
            tail4=number.substr(7, 4),
            id_no=id_no,
            id6=id_no.substr(0, 6),
            id4=id_no.substr(14, 4),
            name=name,
            surname=name.substr(0, 1),
            city=city_key(people["city"].cast("string"))["city"],
            amount=people["amount"].cast("float64"),
            joined=people["joined"].cast("timestamp").epoch_seconds().cast("int64"),
        ),
    )


def _kinds(con: Connection, people: Table) -> Table:
    """The stratum of each person: place, age and amount of the first version."""
    first = people.filter(people["version"] == people["version"].min().over(
        ibis.window(group_by=people["borrower_id"])))  # fmt: skip
    cities = people.group_by("city").agg(n=people.count()).order_by(ibis.desc("n")).limit(5)
    top = [str(each) for each in con.to_pyarrow(cities).column("city").to_pylist() if each]
    ages = _thirds(con, people, "age")
    amounts = _thirds(con, people, "amount")
    place = ibis.cases(
        *((first["city"] == name, number) for number, name in enumerate(top)), else_=len(top)
    ) if top else ibis.literal(0)  # fmt: skip
    stratum = (place * 3 + _band(first["age"], ages)) * 3 + _band(first["amount"], amounts)
    return keep(con, "kinds",
        first.select(borrower_id=first["borrower_id"].cast("int64"), stratum=stratum.cast("int16"))
        .distinct(on="borrower_id"))  # fmt: skip


def _thirds(con: Connection, people: Table, column: str) -> tuple[float, float]:
    found = people.agg(
        low=people[column].cast("float64").quantile(1 / 3),
        high=people[column].cast("float64").quantile(2 / 3),
    )
    row = con.to_pyarrow(found).to_pylist()[0]
    return float(row["low"] or 0), float(row["high"] or 0)


def _band(column: ibis.Value, edges: tuple[float, float]) -> ibis.Value:
    return ibis.cases((column > edges[1], 2), (column > edges[0], 1), else_=0)


def _sampled(con: Connection, log: Table, thin: int) -> Table:
    """All disclosures of the people that stand for everybody."""
    return keep(con, "sampled", log.filter(thinned(log["borrower_id"], thin)))


def _commonest(con: Connection, keys: Table, column: str) -> float:
    """Frequency of the commonest value, a little from above; 1 where there is none."""
    known = keys.filter(keys[column].notnull())
    counts = known.group_by(column).agg(n=known.count())
    row = con.to_pyarrow(counts.agg(most=counts["n"].max(), all=counts["n"].sum())).to_pylist()[0]
    return min(1.0, 1.5 * float(row["most"]) / float(row["all"])) if row["all"] else 1.0


def _barred_always(con: Connection, sampled: Table) -> bool:
    """Whether the logged propensity counts out later holders too.

    1/propensity plus the recipients that were out is the same number for all draws of one day.  It
    is tried with all other holders and with earlier ones; where the first varies less and hardly
    at all, later holders were out as well.
    """
    chosen = sampled.filter(~sampled["drawn"])
    holders = chosen.group_by("borrower_id", "partner").agg(first=chosen["at"].min())
    holders = holders.select(owner=holders["borrower_id"], first=holders["first"])
    draws = sampled.filter(sampled["drawn"])
    pairs = draws.left_join(holders, draws["borrower_id"] == holders["owner"])
    counted = pairs.group_by("borrower_id", "at", "propensity").agg(
        ever=pairs["first"].count(), before=(pairs["first"] <= pairs["at"]).sum().fill_null(0)
    )
    frame = con.to_pyarrow(counted)
    if frame.num_rows == 0:
        return False
    open_ = 1 / np.maximum(frame.column("propensity").to_numpy(), 1e-9)
    day = frame.column("at").to_numpy() // 86_400
    spread = [_within(day, open_ + frame.column(name).to_numpy().astype(float))
              for name in ("ever", "before")]  # fmt: skip
    return bool(spread[0] < 0.05 and spread[0] <= spread[1])


def _within(day: np.ndarray, total: np.ndarray) -> float:
    """Variance of `total` inside days."""
    _, code = np.unique(day, return_inverse=True)
    count = np.bincount(code)
    mean = np.bincount(code, total) / count
    return float(((total - mean[code]) ** 2).mean())
