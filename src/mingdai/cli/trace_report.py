"""`mingdai trace report RESULT -o DIR`: a judged list as a page and a PDF, in two languages."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mingdai.trace.reporting.writing import write_reports

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_report_parser(verbs: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`report` and its options."""
    report = verbs.add_parser("report", help="write the report of a judged list")
    report.add_argument(
        "result", type=Path, metavar="RESULT", help="what `trace list --json` wrote"
    )
    report.add_argument("-o", "--output", type=Path, required=True, help="folder to write into")


def run_report(args: argparse.Namespace) -> int:
    """0 written; raises Invalid for a file that is no result, Unavailable without the font."""
    for path in write_reports(args.result, args.output):
        sys.stdout.write(f"{path}\n")
    return 0
