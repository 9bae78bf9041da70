"""`mingdai audit scan|explain|walk|protocol|report`; runs without Django."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mingdai.audit.captures.reading import read_capture
from mingdai.audit.detecting.findings import Report
from mingdai.audit.detecting.identity import Identity, parse_identity
from mingdai.audit.detecting.inspecting import Detector
from mingdai.audit.detecting.replaying import replay
from mingdai.audit.listing.html import html_lines
from mingdai.audit.listing.jsonl import finding_lines, opaque_lines
from mingdai.audit.listing.sarif import sarif_lines
from mingdai.audit.listing.table import table_lines
from mingdai.cli.audit_protocol import add_protocol_parser, run_protocol
from mingdai.cli.audit_report import add_report_parser, run_report
from mingdai.cli.audit_walk import add_walk_parser, run_walk
from mingdai.errors import Invalid

if TYPE_CHECKING:
    from argparse import _SubParsersAction

Writer = Callable[[Iterable[Report], str], Iterator[str]]

WRITERS: dict[str, Writer] = {
    "jsonl": lambda reports, _: finding_lines(reports),
    "table": lambda reports, _: table_lines(reports),
    "sarif": sarif_lines,
    "html": html_lines,
}


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`scan`, `explain`, `walk` and `report`."""
    parser = subparsers.add_parser("audit", help="where a planted identity went")
    verbs = parser.add_subparsers(required=True, metavar="verb", dest="verb")
    scan = verbs.add_parser("scan", help="search a capture for an identity")
    scan.add_argument("capture", type=Path, help="HAR 1.2, mitmproxy flows or JSON Lines")
    scan.add_argument("--identity", type=Path, required=True, help="identity.json")
    scan.add_argument("--format", choices=sorted(WRITERS), default="table")
    scan.add_argument("-o", "--output", type=Path, help="file to write (default: standard output)")
    scan.add_argument("--opaque", type=Path, help="file for the list of blobs nobody can read")
    explain = verbs.add_parser("explain", help="decode one finding again, step by step")
    explain.add_argument("finding", help="FINDINGS#N: the N-th line of a jsonl finding list")
    explain.add_argument("--capture", type=Path, required=True)
    explain.add_argument("--identity", type=Path, required=True)
    add_walk_parser(verbs)
    add_protocol_parser(verbs)
    add_report_parser(verbs)


def run(args: argparse.Namespace) -> int:
    """0 done (for `explain`: the finding holds), 1 it does not hold, 2 a call not taken."""
    verbs = {
        "explain": _explain,
        "scan": _scan,
        "walk": run_walk,
        "protocol": run_protocol,
        "report": run_report,
    }
    return verbs[args.verb](args)


def _scan(args: argparse.Namespace) -> int:
    detector = Detector(_identity(args.identity))
    gc.freeze()  # its hundred thousand digests last as long as the process: not to be counted again
    kept: list[Report] = []
    reports = _keep_unread(detector.inspect_all(read_capture(args.capture)), kept)
    lines = WRITERS[args.format](reports, args.capture.name)
    if args.output is None:
        sys.stdout.writelines(line + "\n" for line in lines)
    else:
        with args.output.open("w", encoding="utf-8") as stream:
            stream.writelines(line + "\n" for line in lines)
    if args.opaque is not None:
        text = "".join(line + "\n" for line in opaque_lines(kept))
        args.opaque.write_text(text, encoding="utf-8")
    return 0


def _keep_unread(reports: Iterable[Report], kept: list[Report]) -> Iterator[Report]:
    """Pass reports on; remember only what must be listed apart."""
    for report in reports:
        if report.opaque:
            kept.append(Report(report.request_id, report.host, opaque=report.opaque))
        yield report


def _explain(args: argparse.Namespace) -> int:
    row = _finding(args.finding)
    identity = _identity(args.identity)
    for request in read_capture(args.capture):
        if request.request_id != row.get("request_id"):
            continue
        shown = replay(row, request, identity)
        for number, step in enumerate(shown.shown):
            sys.stdout.write(f"{number}. {step.title}\n   {step.text}\n")
        sys.stdout.write(f"{'holds' if shown.holds else 'DOES NOT HOLD'}: {shown.verdict}\n")
        return 0 if shown.holds else 1
    raise Invalid(code="finding.request", reason="the capture has no request of that id")


def _finding(reference: str) -> dict[str, object]:
    name, mark, number = reference.rpartition("#")
    if not mark or not number.isdigit() or not Path(name).is_file():
        raise Invalid(
            code="finding.reference",
            reason="a finding is named FINDINGS#N, with N counted from 1",
            field="finding",
        )
    with Path(name).open(encoding="utf-8") as stream:
        for at, line in enumerate(stream, start=1):
            if at == int(number):
                return _row(json.loads(line))
    raise Invalid(code="finding.reference", reason=f"there is no line {number}", field="finding")


def _row(row: object) -> dict[str, object]:
    if not isinstance(row, dict) or "field" not in row:
        raise Invalid(
            code="finding.none",
            reason="this line names no field: it is a notice, not a finding",
            field="finding",
            remedy="name a line that has a `field`",
        )
    return row


def _identity(path: Path) -> Identity:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Invalid(
            code="identity.file",
            reason=f"{path.name} cannot be read as JSON",
            field="identity",
            remedy="see docs/corpus.md",
        ) from error
    if not isinstance(document, dict):
        raise Invalid(code="identity.file", reason=f"{path.name} holds no object", field="identity")
    return parse_identity(document)
