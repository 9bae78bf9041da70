"""`mingdai gate resume|deliver|dead-letters`: the queue of disclosures, by hand."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from mingdai.gate.delivering import deliver_due
from mingdai.gate.resuming import dead_letters, resume, retry

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The three acts; each takes `--json`."""
    gate = subparsers.add_parser("gate", help="resume, deliver, dead letters")
    acts = gate.add_subparsers(dest="act", required=True, metavar="act")
    acts.add_parser("resume", help="make what a crash left in flight due now")
    acts.add_parser("deliver", help="send everything that is due, once")
    dead = acts.add_parser("dead-letters", help="what could not be delivered")
    dead.add_argument("--retry", metavar="ID", type=UUID, help="queue this one again")
    for each in acts.choices.values():
        each.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 done; `dead-letters` answers 1 while there are any."""
    now = timezone.now()
    if args.act == "resume":
        return _say(args, {"resumed": resume(at=now)})
    if args.act == "deliver":
        return _say(args, {"tried": deliver_due(at=now)})
    if args.retry is not None:
        return _say(args, {"queued": str(retry(args.retry, at=now).pk)})
    return _list(args)


def _list(args: argparse.Namespace) -> int:
    letters = [
        {
            "disclosure": str(row.pk),
            "recipient": row.recipient_id,
            "disclosed_at": row.disclosed_at.isoformat(),
            "attempts": row.attempts,
            "problem": row.last_problem,
        }
        for row in dead_letters()
    ]
    if args.json:
        sys.stdout.write(json.dumps(letters) + "\n")
    else:
        sys.stdout.writelines("  ".join(map(str, each.values())) + "\n" for each in letters)
    return 1 if letters else 0


def _say(args: argparse.Namespace, found: dict[str, object]) -> int:
    text = json.dumps(found) if args.json else " ".join(f"{k} {v}" for k, v in found.items())
    sys.stdout.write(text + "\n")
    return 0
