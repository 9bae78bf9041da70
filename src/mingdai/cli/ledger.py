"""`mingdai ledger vkey|status|prove|resume`: key, state, proofs, and going on after a restore."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from mingdai.ledger import keys
from mingdai.ledger.guarding import closed_because
from mingdai.ledger.proving import proof_of
from mingdai.ledger.reading import Health, health
from mingdai.ledger.resuming import resume_as_before, resume_with_new_origin

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """One verb of `vkey`, `policy`, `status`, `prove`, `resume`."""
    parser = subparsers.add_parser("ledger", help="key, proofs and state of the ledger")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("vkey", help="the log's public key")
    verbs.add_parser("policy", help="the policy a receipt is judged by (C2SP tlog-policy)")
    status = verbs.add_parser("status", help="size, checkpoint, witnesses, what waits")
    status.add_argument("--json", action="store_true")
    prove = verbs.add_parser("prove", help="a tlog-proof of one entry, from the published files")
    prove.add_argument("index", type=int)
    prove.add_argument("-o", "--output", type=Path, help="a file ending .tlog-proof")
    resume = verbs.add_parser("resume", help="open a closed ledger; docs/restore.md")
    resume.add_argument(
        "--new-origin",
        nargs="?",
        const="",
        metavar="ORIGIN",
        help="the newest data is lost: start a new log that commits to the old head",
    )


def run(args: argparse.Namespace) -> int:
    """0 done or healthy, 1 closed; refusals are raised."""
    match args.verb:
        case "vkey":
            return _say(keys.vkey())
        case "policy":
            return _say(keys.policy_text().rstrip("\n"))
        case "status":
            return _show(health(), form="json" if args.json else "lines")
        case "prove":
            return _prove(args.index, args.output)
        case _:
            return _resume(args.new_origin)


def _say(line: str) -> int:
    sys.stdout.write(f"{line}\n")
    return 0


def _prove(index: int, output: Path | None) -> int:
    text = proof_of(index)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")
    return 0


def _resume(new_origin: str | None) -> int:
    if new_origin is None:
        if resume_as_before():
            return _say("the ledger is open")
        _say(f"still closed: {closed_because()}")
        return 1
    chosen = resume_with_new_origin(at=timezone.now(), origin=new_origin)
    return _say(f"a new log begins: {chosen}\npublish its key: {keys.vkey()}")


def _show(found: Health, *, form: str) -> int:
    if form == "json":
        _say(json.dumps(asdict(found), default=_spell, ensure_ascii=False, indent=2))
    else:
        for line in _lines(found):
            _say(line)
    return 1 if found.closed else 0


def _spell(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _lines(found: Health) -> list[str]:
    state = f"closed: {found.closed}" if found.closed else "open"
    lines = [
        f"origin      {found.origin or '-'}",
        f"state       {state}",
        f"size        {found.size} published, {found.signed_size} signed",
        f"checkpoint  {found.published_at.isoformat() if found.published_at else 'none yet'}",
        f"pending     {found.pending} entries not yet provable",
    ]
    for each in found.witnesses:
        seen = f"cosigned {each.cosigned_at.isoformat()}" if each.cosigned_at else "not cosigned"
        since = f" since {each.troubled_since.isoformat()}" if each.troubled_since else ""
        trouble = f"; {each.trouble}{since}" if each.trouble else ""
        lines.append(f"witness     {each.name}: {seen}{trouble}")
    return lines if found.witnesses else [*lines, "witness     none: no independent proof"]
