"""`mingdai partner conformance|spelling|decoys`: what a partner's parser takes, and its clause."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from mingdai.accounts.enlisting import find_staff
from mingdai.accounts.models import Staff
from mingdai.errors import Invalid
from mingdai.gate.conforming import Setting, conform
from mingdai.gate.marking_spellings import SEND_BLOCK
from mingdai.partners.allowing import allow_decoys, end_decoys
from mingdai.partners.conforming import Trial, keep_trials, switch_off
from mingdai.partners.models import Partner
from mingdai.words import ActorId

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """The three acts; each names a partner and the compliance officer who decides."""
    parser = subparsers.add_parser("partner", help="try spellings, put a decoy clause on file")
    acts = parser.add_subparsers(dest="act", required=True, metavar="act")
    trying = acts.add_parser("conformance", help="try every spelling on its test system")
    trying.add_argument("--endpoint", required=True, help="of the test system, no /applications")
    trying.add_argument("--send-time", action="store_true", help="also choose the sending time")
    switching = acts.add_parser("spelling", help="switch one spelling off")
    switching.add_argument("kind")
    switching.add_argument("--reason", required=True)
    clause = acts.add_parser("decoys", help="whether its written contract allows decoys")
    either = clause.add_mutually_exclusive_group(required=True)
    either.add_argument("--clause", help="the clause of the contract")
    either.add_argument("--none", action="store_true", help="no further decoys")
    clause.add_argument("--from", dest="agreed_on", type=date.fromisoformat, metavar="DATE")
    for each in acts.choices.values():
        each.add_argument("--partner", required=True, metavar="ID")
        each.add_argument("--by", required=True, metavar="LOGIN", help="a compliance officer")
        each.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 done; `conformance` answers 1 where a spelling was refused."""
    partner = Partner.objects.filter(pk=args.partner).first()
    if partner is None:
        raise Invalid(code="partner.unknown", reason="there is no such partner", field="partner")
    actor = ActorId(f"staff:{find_staff(args.by, role=Staff.Role.COMPLIANCE).pk}")
    if args.act == "conformance":
        return _conformance(args, partner, actor)
    now = timezone.now()
    if args.act == "spelling":
        switch_off(partner, args.kind, reason=args.reason, actor=actor, at=now)
    elif args.none:
        end_decoys(partner, actor=actor, at=now)
    else:
        allow_decoys(partner, args.clause, args.agreed_on or now.date(), actor=actor, at=now)
    _say(args, [f"{partner.pk}: done"], {"partner": partner.pk, "done": args.act})
    return 0


def _conformance(args: argparse.Namespace, partner: Partner, actor: ActorId) -> int:
    trials = conform(Setting(partner, args.endpoint.rstrip("/"), actor, timezone.now))
    if args.send_time:
        trials = [*trials, Trial(SEND_BLOCK, True, "by_hand")]
        keep_trials(partner, trials[-1:], actor=actor, at=timezone.now())
    lines = [f"{'on ' if each.on else 'off'}  {each.kind:24} {each.why}" for each in trials]
    on = sum(each.on for each in trials)
    lines.append(f"{on} of {len(trials)} spellings on")
    found = [{"kind": each.kind, "on": each.on, "why": each.why} for each in trials]
    _say(args, lines, {"partner": partner.pk, "spellings": found})
    return 0 if on == len(trials) else 1


def _say(args: argparse.Namespace, lines: list[str], found: dict[str, object]) -> None:
    text = json.dumps(found, ensure_ascii=False) if args.json else "\n".join(lines)
    sys.stdout.write(text + "\n")
