"""`mingdai audit walk URL …`: walk a loan flow with a planted identity and keep the evidence."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mingdai.audit.auditing import Order, audit_flow
from mingdai.audit.checks.registry import read_registry
from mingdai.audit.concluding import conclude
from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.evidence import open_folder, seal_folder, write_findings, write_visit
from mingdai.audit.verifying import manifest_sha256
from mingdai.audit.walking.guarding import addresses_of, make_guard, read_authority, refuse_start
from mingdai.audit.walking.scripting import read_script
from mingdai.audit.walking.walker import Limits
from mingdai.cli.audit_report import report_walk
from mingdai.errors import Invalid

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_walk_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`walk` and its options."""
    walk = subparsers.add_parser("walk", help="walk a loan flow with a planted identity")
    walk.add_argument("url", help="where the flow begins")
    walk.add_argument("--identity", type=Path, required=True, help="identity.json")
    walk.add_argument("--max-hops", type=int, default=8, help="hosts to be moved to (default 8)")
    walk.add_argument("--minutes", type=float, default=5.0, help="longest walk (default 5)")
    walk.add_argument("--allow", action="append", default=[], metavar="HOST", help="such as *.test")
    walk.add_argument("--authority", type=Path, help="who ordered it, hosts, until when")
    walk.add_argument("--resolver-rules", default="", metavar="RULES", help="MAP *.test 127.0.0.1")
    walk.add_argument("--script", type=Path, help="YAML steps that come first")
    walk.add_argument("--registry", type=Path, help="licensed companies and hosts, JSON or TOML")
    walk.add_argument(
        "--no-report", action="store_true", help="evidence and findings only; see `audit report`"
    )
    walk.add_argument("-o", "--output", type=Path, required=True, help="new folder for evidence")


def run_walk(args: argparse.Namespace) -> int:
    """0: nothing found against the flow, 1: something; raises Refused, Invalid."""
    document = _document(args.identity)
    identity = parse_identity(document)
    authority = read_authority(args.authority) if args.authority else None
    allow = tuple(host for each in args.allow for host in each.replace(",", " ").split())
    guard = make_guard(args.url, allow=allow, authority=authority, ask=_ask, resolve=addresses_of)
    refuse_start(
        args.url, guard=guard, identity=document, rules=args.resolver_rules, now=time.time()
    )
    script = read_script(args.script) if args.script else None
    registry = read_registry(args.registry) if args.registry else None
    folder = open_folder(args.output)
    shutil.copyfile(args.identity, folder / "identity.json")
    if args.authority:
        shutil.copyfile(args.authority, folder / f"authority{args.authority.suffix}")
    limits = Limits(args.max_hops, args.minutes * 60)
    order = Order(args.url, document, folder, guard, limits, args.resolver_rules, script)
    visit = audit_flow(order, clock=time.time, say=_say)
    write_visit(folder, visit)
    findings = conclude(visit, identity, registry)
    write_findings(folder, findings)
    if not args.no_report:
        report_walk(folder, say=_say)
    seal_folder(folder)
    _say(f"manifest SHA-256 {manifest_sha256(folder)}")
    _say(f"{findings['verdict']}: {folder / 'findings.json'}")
    return 1 if findings["violation"] else 0


def _ask(host: str) -> bool:
    """Ask whoever sits there; nobody there means no."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(f"{host} is not on the list. Visit it? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _document(path: Path) -> Mapping[str, object]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Invalid(
            code="identity.file", reason=f"{path.name} cannot be read as JSON", field="identity"
        ) from error
    if not isinstance(document, dict):
        raise Invalid(code="identity.file", reason=f"{path.name} holds no object", field="identity")
    return document
