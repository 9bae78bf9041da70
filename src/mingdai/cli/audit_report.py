"""`mingdai audit report DIR -o NEW`: write the report of an evidence folder again, outside it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mingdai.audit.evidence import MANIFEST
from mingdai.audit.reporting.writing import write_report
from mingdai.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_report_parser(verbs: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`report` and its options."""
    report = verbs.add_parser("report", help="write the report of an evidence folder again")
    report.add_argument("folder", type=Path, metavar="DIR", help="folder of `mingdai audit walk`")
    report.add_argument("-o", "--output", type=Path, required=True, help="folder outside DIR")


def run_report(args: argparse.Namespace) -> int:
    """0 written; raises Invalid where DIR is no audit or the output would change it."""
    output, folder = args.output.resolve(), args.folder.resolve()
    if output == folder or folder in output.parents:
        raise Invalid(
            code="report.inside",
            reason="the folder is sealed: a new file inside it would break its manifest",
            field="output",
            remedy="name a folder outside",
        )
    if (output / MANIFEST).exists():
        raise Invalid(code="report.inside", reason="that folder is sealed too", field="output")
    for path in write_report(folder, output=output):
        sys.stdout.write(f"{path}\n")
    return 0


def report_walk(folder: Path, *, say: Callable[[str], None]) -> None:
    """Write the report of a walk before its folder is sealed; without a font, only the pages."""
    try:
        for path in write_report(folder):
            say(f"report: {path}")
    except Unavailable as error:
        say(f"{error.code}: {error.reason} ({error.remedy})")
