"""A found list against the whole ledger: seconds and memory, as the ledger grows.

`python -m bench.trace_join [short] [ROWS…]` makes ledgers of 10^6, 10^7 and 10^8 rows (five a
borrower, 500 recipients) and lists half of whose rows are of ours, in a folder for temporary
files (about 4 GB), and prints, for each ledger and list, on two threads of DuckDB:

- join: list to people to the ledger's rows, counted for each recipient; keys are normalised;
- the same by PyArrow's join (Acero), and DuckDB's bare count of the ledger's rows, as baselines;
- whole: `mingdai trace list` on the same files, from spelled values to the judged list; this and
  normalising are left out by `short`.

Each is a process of its own: wall time of the question inside it, processor time of all its
threads, and memory as the peak of the process, imports included.  On a busy machine wall time says
how busy it was; processor time shared by two threads is what a quiet one would take at best.
Normalising, which a ledger needs once, is printed apart: people are numbered by 32 bits, recipients
by 16, without heavy compression (64 bits and zstd took three times the processor time to read).
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
from ibis.expr.types import Table

from mingdai.cli.main import main as mingdai
from mingdai.trace.keeping import keep
from mingdai.trace.keys import Mapping, normalised
from mingdai.trace.matching import joined
from mingdai.trace.reading.tables import load_list
from mingdai.trace.reading.worlds import connect, open_world

LEDGERS = (10**6, 10**7, 10**8)
LISTS = (10**5, 10**7)
ROWS_A_BORROWER = 5
GOALS = {(10**8, 10**7): (6.0, 2.0), (10**8, 10**5): (2.0, 2.0)}
"""Seconds and GB of the join."""

SHORT = "short"
AROUND = (("read", "read and normalise the list"), ("whole", "mingdai trace list"))
ONCE = (("open", "normalise the borrowers"), ("number", "normalise the ledger"))

MEMORY = "1300MB"
REPEATS = 3
NUMBER = "13000000000 + {} * 349"
"""A number for each borrower; the next one is nobody's."""

NAME = (
    "'王李张刘陈杨黄赵吴周'[1 + (hash({0}) % 10)::INT] || "
    "'伟芳娜敏静丽强磊军洋'[1 + (hash({0} + 7) % 10)::INT]"
)
BORROWERS = """
    range AS borrower_id, 0::TINYINT AS version, 0 AS valid_from_day, {name} AS name,
    ({number})::VARCHAR AS mobile,
    '99999919900101' || lpad((range % 1000)::VARCHAR, 3, '0') || 'X' AS id_no,
    '示例路1号' AS address, ['广州市', '深圳市', '成都市'][1 + range % 3] AS city,
    20 + range % 40 AS age, 1000 + range % 90 * 100 AS amount,
    TIMESTAMP '2023-01-01' + INTERVAL 1 DAY * (range % 900)::INT AS joined
"""
LEDGER = """
    range AS disclosure_id,
    TIMESTAMP '2023-01-01' + INTERVAL 1 SECOND * (range * 80000000 // {rows})::INT AS ts,
    'P' || {partner} AS partner_id, {who}::BIGINT AS borrower_id, 0::TINYINT AS version,
    63::SMALLINT AS fields, (hash(range + 5) % 20 = 0)::TINYINT AS randomised,
    CASE WHEN hash(range + 5) % 20 = 0 THEN 1 / 495 ELSE 1 END::DOUBLE AS propensity,
    0::TINYINT AS decoy
"""
Figure = tuple[float, float, float]


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where a goal is missed."""
    if arguments[:1] == ["one"]:
        return one(arguments[1], Path(arguments[2]), int(arguments[3]))
    missed = 0
    folder = Path(tempfile.mkdtemp(prefix="mingdai-bench-join-"))
    try:
        sizes = [int(float(each)) for each in arguments if each != SHORT]
        for rows in sizes or LEDGERS:
            missed += measure(folder / f"{rows}", rows, alone=SHORT in arguments)
            shutil.rmtree(folder / f"{rows}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return int(missed > 0)


def measure(folder: Path, rows: int, *, alone: bool) -> int:
    """All questions of one ledger; how many goals were missed."""
    make_world(folder, rows, alone=alone)
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e9
    print(
        f"\nledger of {rows:,} rows, {rows // ROWS_A_BORROWER:,} borrowers, {size:.2f} GB "
        f"(load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)", flush=True
    )  # fmt: skip
    missed = 0
    scan = best("scan", folder, 0)
    print(f"  bare count of the ledger: {told(scan)}")
    for length in lists_of(rows):
        make_list(folder, rows, length)
        missed += measure_join(folder, rows, length, scan)
        for name, what in () if alone else AROUND:
            print(f"    {what}: {told(best(name, folder, length, repeats=1))}", flush=True)
    for name, what in () if alone else ONCE:
        print(f"  {what}: {told(best(name, folder, 0, repeats=1))}", flush=True)
    return missed


def measure_join(folder: Path, rows: int, length: int, scan: Figure) -> int:
    """One list; 1 where its goal was missed."""
    join, other = best("join", folder, length), best("acero", folder, length, repeats=1)
    goal = GOALS.get((rows, length))
    ok = goal is None or (join[0] <= goal[0] and join[2] <= goal[1])
    verdict = "met" if ok else "MISSED"
    said = "" if goal is None else f"; goal {goal[0]:.0f} s, {goal[1]:.0f} GB: {verdict}"
    print(
        f"  list of {length:,}: join {told(join)}{said}\n"
        f"    Acero's join: {told(other)}, ours {join[1] / other[1]:.2f} × its processor time, "
        f"{join[1] / scan[1]:.1f} × a bare count's", flush=True
    )  # fmt: skip
    return int(not ok)


def lists_of(rows: int) -> list[int]:
    """No longer than twice the borrowers, so that half of the rows can be of ours."""
    return [min(each, 2 * rows // ROWS_A_BORROWER) for each in LISTS]


def told(figure: Figure) -> str:
    return f"{figure[0]:.2f} s ({figure[1]:.2f} s of processor), {figure[2]:.2f} GB"


def best(question: str, folder: Path, length: int, repeats: int = REPEATS) -> Figure:
    """The least times of some runs and their greatest memory; nan where there was no answer."""
    command = [sys.executable, "-m", "bench.trace_join", "one", question, str(folder), str(length)]
    figures = []
    for _ in range(repeats):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.stderr.write(done.stderr[-800:])
            return (float("nan"),) * 3
        figures.append(json.loads(done.stdout.splitlines()[-1]))
    wall, processor, memory = zip(*figures, strict=True)
    return min(wall), min(processor), max(memory)


def one(question: str, folder: Path, length: int) -> int:
    """One question in this process."""
    wall, processor = time.monotonic(), time.process_time()
    QUESTIONS[question](folder, length)
    took = time.monotonic() - wall, time.process_time() - processor
    print(json.dumps([*took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6]))
    return 0


def join(folder: Path, length: int) -> None:
    con = connect(memory=MEMORY)
    names = (f"list{length}", "keys", "log")
    tables = [con.read_parquet(str(folder / f"{name}.parquet")) for name in names]
    question_of(*tables).to_pyarrow()


def question_of(listed: Table, keys: Table, log: Table) -> Table:
    """For each recipient, how many of its disclosures are of listed people."""
    people = joined(listed, keys, "mobile", "mobile")
    some = log.semi_join(people, "borrower_id")
    return some.group_by("partner").agg(n=some.count())


def acero(folder: Path, length: int) -> None:
    pa.set_cpu_count(2)
    tables = [ds.dataset(folder / f"{name}.parquet") for name in (f"list{length}", "keys", "log")]
    people = tables[1].join(tables[0], "mobile", join_type="left semi")
    some = tables[2].join(ds.dataset(people.to_table()), "borrower_id", join_type="left semi")
    some.to_table().group_by("partner").aggregate([("partner", "count")])


def scan(folder: Path, _length: int) -> None:
    log = connect(memory=MEMORY).read_parquet(str(folder / "log.parquet"))
    log.group_by("partner").agg(n=log["borrower_id"].sum()).to_pyarrow()


def read(folder: Path, length: int) -> None:
    con = connect(memory="8GB")
    loaded = load_list(con, folder / f"list{length}.csv")
    keep(con, "listed", normalised(loaded.table, Mapping(name=(0,), mobile=(1,))))


def opened(folder: Path, _length: int) -> None:
    open_world(connect(memory="10GB"), folder / "borrowers.parquet", folder / "ledger.parquet")


def number(folder: Path, _length: int) -> None:
    """The ledger's people and recipients as small whole numbers, from the form of docs/trace.md."""
    con = connect(memory=MEMORY)
    raw = con.read_parquet(str(folder / "ledger.parquet"))
    small = raw.select(
        borrower_id=raw["borrower_id"].cast("int32"),
        partner=raw["partner_id"].substr(1).cast("int16"),
    )
    con.to_parquet(small, str(folder / "numbered.parquet"), compression="snappy")


def whole(folder: Path, length: int) -> None:
    files = {name: str(folder / f"{name}.parquet") for name in ("borrowers", "ledger")}
    world = ["--borrowers", files["borrowers"], "--ledger", files["ledger"], "--memory", "12GB"]
    code = mingdai(
        ["trace", "list", str(folder / f"list{length}.csv"), "--json", "--quiet", *world]
    )
    if code:
        raise SystemExit(code)


QUESTIONS: dict[str, Callable[[Path, int], None]] = {
    "join": join, "acero": acero, "scan": scan, "number": number, "read": read, "open": opened,
    "whole": whole,
}  # fmt: skip


def make_world(folder: Path, rows: int, *, alone: bool) -> None:
    """Normalised keys, `keys` and `log`; unless `alone`, the files of docs/trace.md too."""
    folder.mkdir()
    con = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    count = rows // ROWS_A_BORROWER
    number, name = NUMBER.format("range"), NAME.format("range")
    people, log = con.table_function("range", [count]), con.table_function("range", [rows])
    who, partner = f"(hash(range) % {count})::INTEGER", "(hash(range + 77) % 500)::SMALLINT"
    write(people, f"range::INTEGER AS borrower_id, {number} AS mobile", folder / "keys.parquet")
    write(log, f"{who} AS borrower_id, {partner} AS partner", folder / "log.parquet")
    if alone:
        return
    write(people, BORROWERS.format(name=name, number=number), folder / "borrowers.parquet")
    write(log, LEDGER.format(rows=rows, who=who, partner=partner), folder / "ledger.parquet")


def make_list(folder: Path, rows: int, length: int) -> None:
    """Half of the rows are different borrowers, half nobody; normalised, and spelled as CSV."""
    con = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    count = rows // ROWS_A_BORROWER
    step = max(1, 2 * count // length)
    number = NUMBER.format(f"(range // 2 * {step} % {count})") + " + range % 2"
    some = con.table_function("range", [length])
    write(some, f"range AS row, {number} AS mobile", folder / f"list{length}.parquet")
    spelled = some.project(f"{NAME.format('range // 2')} AS 姓名, '+86 ' || ({number}) AS 手机号")
    spelled.to_csv(str(folder / f"list{length}.csv"))


def write(rows: duckdb.DuckDBPyRelation, columns: str, path: Path) -> None:
    rows.project(columns).to_parquet(str(path), compression="snappy")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
