"""`mingdai verify trace RESULT.json`: every number of an attribution, computed again."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from mingdai.trace.calibrating import read_calibration
from mingdai.trace.recomputing import LIMITS, Check, recompute
from mingdai.trace.reporting.records import Record, read_records


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`RESULT` and `--json`."""
    parser.add_argument(
        "result", type=Path, metavar="RESULT", help="of `mingdai trace list --json`"
    )
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 every number again, 1 one differs; raises Invalid for a file that is no result."""
    calibration = read_calibration()
    done = [(each, recompute(each.raw, calibration)) for each in read_records(args.result)]
    for record, checks in done:
        lines = [_as_json(record, checks)] if args.json else _lines(record, checks)
        sys.stdout.writelines(line + "\n" for line in lines)
    return 0 if all(each.holds for _, checks in done for each in checks) else 1


def _lines(record: Record, checks: tuple[Check, ...]) -> list[str]:
    lines = [f"case {record.case}"] if record.case else []
    lines += [
        f"{'ok  ' if each.holds else 'FLAW'} {each.code}{': ' if each.said else ''}{each.said}"
        for each in checks
    ]
    lines += [f"  -  not checked: {each}" for each in LIMITS]
    flaw = next((each.code for each in checks if not each.holds), "")
    return [*lines, f"FLAWED: {flaw}" if flaw else "verified"]


def _as_json(record: Record, checks: tuple[Check, ...]) -> str:
    row: dict[str, Any] = {
        "case": record.case,
        "verified": all(each.holds for each in checks),
        "checks": [{"code": c.code, "holds": c.holds, "said": c.said} for c in checks],
        "not_checked": list(LIMITS),
    }
    return json.dumps(row, ensure_ascii=False)
