"""`mingdai verify audit DIR`: hashes, then everything that can be made again from the folder."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from mingdai.audit.verifying import LIMITS, Verification, verify_evidence
from mingdai.errors import Invalid

_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_NO_EXPECTATION = (
    "whoever could write the folder could write its manifest: pass --expect with the SHA-256 "
    "as you know it from elsewhere, such as the ledger"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`DIR`, `--expect`, `--json`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of `mingdai audit walk`")
    parser.add_argument("--expect", default="", metavar="SHA256", help="of manifest.json")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 verified, 1 flawed; raises Invalid for a call that cannot be taken."""
    if args.expect and not _SHA256.fullmatch(args.expect.strip()):
        raise Invalid(code="evidence.expect", reason="not 64 hexadecimal digits", field="expect")
    if not args.folder.is_dir():
        raise Invalid(code="evidence.folder", reason="there is no such folder", field="folder")
    done = verify_evidence(args.folder, expect=args.expect)
    expected = bool(args.expect)
    lines = [_as_json(done, expected)] if args.json else _lines(done, expected)
    sys.stdout.writelines(line + "\n" for line in lines)
    return 0 if done.holds else 1


def _lines(done: Verification, expected: bool) -> list[str]:
    lines = []
    for each in done.checks:
        lines.append(f"{'ok  ' if each.holds else 'FLAW'} {each.code}: {each.said}")
        lines += [f"       {name}" for name in each.where]
    lines += [f"  -  not checked: {each}" for each in LIMITS]
    lines += [] if expected else [f"  -  not checked: {_NO_EXPECTATION}"]
    lines.append(f"manifest SHA-256 {done.manifest_sha256 or '(none)'}")
    lines.append("verified" if done.holds else f"FLAWED: {_first_flaw(done)}")
    return lines


def _first_flaw(done: Verification) -> str:
    return next(each.code for each in done.checks if not each.holds)


def _as_json(done: Verification, expected: bool) -> str:
    checks = [
        {"code": each.code, "holds": each.holds, "said": each.said, "where": list(each.where)}
        for each in done.checks
    ]
    limits = [*LIMITS, *([] if expected else [_NO_EXPECTATION])]
    row = {
        "verified": done.holds,
        "manifest_sha256": done.manifest_sha256,
        "checks": checks,
        "not_checked": limits,
    }
    return json.dumps(row, ensure_ascii=False, indent=1)
