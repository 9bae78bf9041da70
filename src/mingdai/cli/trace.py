"""`mingdai trace list FILE…`, `trace report`: whose copy a found list is; runs without Django.

A list that cannot be read blames nobody and stops no other: its record carries `error`, and the
command ends with 1.  Formats: docs/trace.md#files.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mingdai.cli.progress import Bar
from mingdai.cli.trace_report import add_report_parser, run_report
from mingdai.cli.trace_stamp import Stamp
from mingdai.errors import Invalid, MingdaiError
from mingdai.trace.calibrating import read_calibration
from mingdai.trace.lists import Tracer, as_record, unread_record
from mingdai.trace.reading.worlds import connect, open_world
from mingdai.trace.telling import LANGUAGES, lines_of
from mingdai.trace.working import working_folder

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_MILLISECONDS = 10**12
_DAYS = 10**6
_DAY_0 = 19_358
"""2023-01-01 in days since 1970, where day numbers of a world begin."""

_STAGES = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One list to judge."""

    path: Path
    case: str | int | None
    found_at: int | None


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`trace list`, `trace report`."""
    parser = subparsers.add_parser("trace", help="whose copy a found list is")
    verbs = parser.add_subparsers(required=True, metavar="verb", dest="verb")
    one = verbs.add_parser("list", help="attribute found lists against a world of files")
    one.add_argument("files", nargs="*", type=Path, metavar="FILE", help="CSV, TSV or XLSX")
    one.add_argument("--borrowers", type=Path, required=True, help="borrowers.parquet, or a folder")
    one.add_argument("--ledger", type=Path, required=True, help="ledger.parquet, or a folder")
    when = one.add_mutually_exclusive_group()
    when.add_argument("--found-at", help="when the list was found; later disclosures do not count")
    when.add_argument("--cases", type=Path, help='JSON Lines of {"case", "file", "found_at"}')
    one.add_argument("--columns", default="", help="correct the reading: mobile=2,name=1,none=3")
    one.add_argument("--json", action="store_true", help="one JSON object for each list")
    one.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of the table")
    one.add_argument("--working", type=Path, help="folder for what does not fit into memory")
    one.add_argument("--memory", default=most_memory(), help="what the database may take")
    one.add_argument("--quiet", action="store_true", help="no progress on standard error")
    add_report_parser(verbs)


def run(args: argparse.Namespace) -> int:
    """0 done, 1 some list could not be read, 2 a call not taken."""
    return run_report(args) if args.verb == "report" else _judge_all(args)


def _judge_all(args: argparse.Namespace) -> int:
    tasks = list(tasks_of(args))
    if not tasks:
        raise Invalid(code="list.missing", reason="no list was given", field="FILE")
    with working_folder(args.working) as work, _bar(args, len(tasks)) as bar:
        bar.say("opening the world")
        world = open_world(connect(work, memory=args.memory), args.borrowers, args.ledger)
        stamp = Stamp(args, at=time.time()) if args.json else None
        tracer = Tracer(world, read_calibration(), bar.say)
        failed = sum(_judge(tracer, task, args, bar, stamp) for task in tasks)
        world.con.disconnect()
    return 1 if failed else 0


def most_memory() -> str:
    """Six tenths of this machine's memory, as DuckDB reads it."""
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') * 6 // 10 >> 20}MB"


def _bar(args: argparse.Namespace, lists: int) -> Bar:
    return Bar(sys.stderr, steps=1 + _STAGES * lists, quiet=args.quiet)


def _judge(
    tracer: Tracer, task: Task, args: argparse.Namespace, bar: Bar, stamp: Stamp | None
) -> int:
    """Write one record; 1 where the list could not be read."""
    error: MingdaiError | None = None
    try:
        found = tracer.trace(task.path, task.found_at, args.columns)
        record = as_record(found, tracer.calibration)
    except Invalid as refused:
        if refused.field == "columns":
            raise
        error, record = refused, unread_record(tracer.world.partners, refused)
    record = {"file": task.path.name, **record}
    if task.case is not None:
        record = {"case": task.case, **record}
    bar.clear()
    if stamp is not None:
        record["run"] = stamp.of(task.path, task.found_at)
        sys.stdout.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.writelines(line + "\n" for line in lines_of(record, args.lang))
    sys.stdout.flush()
    return int(error is not None)


def tasks_of(args: argparse.Namespace) -> Iterator[Task]:
    """The lists of the call; a file of cases names its lists relative to itself."""
    found_at = parse_time(args.found_at) if args.found_at else None
    for path in args.files:
        yield Task(path, None, found_at)
    if args.cases is None:
        return
    if not args.cases.is_file():
        raise Invalid(code="cases.missing", reason="there is no such file", field="cases")
    for line in args.cases.read_text(encoding="utf-8-sig").splitlines():
        if line.strip():
            yield _task(line, args.cases.parent)


def _task(line: str, folder: Path) -> Task:
    try:
        row = json.loads(line)
        when = row.get("found_at")
        return Task(folder / row["file"], row["case"], None if when is None else parse_time(when))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(
            code="cases.form",
            reason="a line of the cases is no object with case, file and found_at",
            field="cases",
            remedy="see docs/trace.md",
        ) from error


def parse_time(text: str | float) -> int:
    """Seconds since 1970 of an ISO time (UTC where no zone is said), an epoch or a day number.

    A day without a time is taken to its end.  Raises `Invalid` for anything else.
    """
    try:
        return _counted(float(text))
    except (ValueError, OverflowError):
        return _dated(str(text).strip())


def _counted(number: float) -> int:
    """An epoch in seconds or milliseconds, or days since the world's first."""
    if number > _MILLISECONDS:
        return int(number / 1000)
    return int(number) if number > _DAYS else int((number + _DAY_0 + 1) * 86_400 - 1)


def _dated(text: str) -> int:
    try:
        when = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise Invalid(
            code="time.form", reason="a time is written 2025-06-01T12:00:00", field="found_at"
        ) from error
    at = when if when.tzinfo else when.replace(tzinfo=UTC)
    return int(at.timestamp()) + (86_399 if len(text) <= len("2025-06-01") else 0)
