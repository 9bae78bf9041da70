"""`mingdai audit protocol FILE`: the defects of recorded or documented lead-exchange calls."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mingdai.audit.protocols.auditing import audit_calls
from mingdai.audit.protocols.defects import Defect
from mingdai.audit.protocols.reading import read_calls

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_protocol_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`protocol` and its options."""
    parser = subparsers.add_parser("protocol", help="defects of lead-exchange (撞库, 进件) calls")
    parser.add_argument("file", type=Path, help="HAR, JSON Lines, JSON or Markdown")
    parser.add_argument("--json", action="store_true", help="machine-readable rows")
    parser.add_argument("--reveal", action="store_true", help="show recovered numbers whole")


def run_protocol(args: argparse.Namespace) -> int:
    """0: no defect, 1: at least one; raises Invalid for a file that holds no call."""
    calls = read_calls(args.file)
    defects = audit_calls(calls)
    reveal = "values" if args.reveal else ""
    if args.json:
        rows = [each.as_json(reveal=reveal) for each in defects]
        document = {"format": "mingdai-protocol/1", "calls": len(calls), "defects": rows}
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.writelines(_lines(each, reveal) for each in defects)
        sys.stdout.write(f"{len(calls)} calls, {len(defects)} defects\n")
    return 1 if defects else 0


def _lines(defect: Defect, reveal: str) -> str:
    row = defect.as_json(reveal=reveal)
    recovered = f"\n    recovered: {row['recovered']}" if row["recovered"] else ""
    law = ", ".join(source.article for source in defect.kind.law)
    return (
        f"{defect.kind.severity:8} {defect.code} call {defect.call} {defect.field}\n"
        f"    {defect.said.zh}\n    {defect.said.en}{recovered}\n"
        f"    fix: {defect.kind.fix.zh} {defect.kind.fix.en}\n    law: {law}\n"
    )
