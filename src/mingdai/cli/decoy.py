"""`mingdai decoy partner|staff|list`: made-up borrowers, by a compliance officer's decision."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.utils import timezone

from mingdai.accounts.enlisting import find_staff
from mingdai.accounts.models import Staff
from mingdai.gate.decoying import list_decoys, reads_of
from mingdai.loans.decoying import place_with_partner, place_with_staff
from mingdai.words import ActorId

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The three acts; each names the compliance officer who asks."""
    parser = subparsers.add_parser("decoy", help="place made-up borrowers, list them")
    acts = parser.add_subparsers(dest="act", required=True, metavar="act")
    partner = acts.add_parser("partner", help="with the lender of a product")
    staff = acts.add_parser("staff", help="in one employee's queue alone")
    staff.add_argument("login", help="whose queue")
    staff.add_argument("--reason", required=True, help="what the ticket says, like any other's")
    acts.add_parser("list", help="every decoy and how often its recipient got something of it")
    for each in (partner, staff):
        each.add_argument("--product", required=True, metavar="ID")
    for each in acts.choices.values():
        each.add_argument("--by", required=True, metavar="LOGIN", help="a compliance officer")
        each.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 done."""
    by, now = find_staff(args.by, role=Staff.Role.COMPLIANCE), timezone.now()
    actor = ActorId(f"staff:{by.pk}")
    if args.act == "list":
        return _list(args, actor)
    if args.act == "partner":
        row = place_with_partner(args.product, by=actor, at=now)
        _say(args, {"application": str(row.pk), "with": row.partner_id})
        return 0
    to = find_staff(args.login)
    ticket = place_with_staff(to, args.product, reason=args.reason, by=by, at=now)
    _say(args, {"ticket": str(ticket.pk), "with": to.login})
    return 0


def _list(args: argparse.Namespace, actor: ActorId) -> int:
    for each in list_decoys(asked_by=actor):
        _say(args, {**asdict(each), "reads": reads_of(each)})
    return 0


def _say(args: argparse.Namespace, found: dict[str, object]) -> None:
    text = json.dumps(found) if args.json else "  ".join(map(str, found.values()))
    sys.stdout.write(text + "\n")
