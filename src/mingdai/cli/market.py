"""`mingdai market`: replay a match receipt, make one, check a catalogue.  Runs without Django."""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mingdai.errors import Invalid
from mingdai.market.admitting import refusals, warnings
from mingdai.market.catalogue import catalogue_hash, read_catalogue, read_lender_file
from mingdai.market.flows import Offset, parse_at
from mingdai.market.matching import Wish, offer_of
from mingdai.market.money import parse_yuan
from mingdai.market.products import Product
from mingdai.market.quoting import quote_all
from mingdai.market.replaying import match_receipt, replay_receipt
from mingdai.market.schedules import Span
from mingdai.words import Reason

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_MOST_BYTES = 20_000_000


def add_parser(subparsers: Subparsers) -> None:
    """Add the command to `mingdai`."""
    parser = subparsers.add_parser("market", help="replay a match receipt")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    replay = verbs.add_parser("replay", help="exit 0 if a receipt's outcome is reproduced, else 1")
    replay.add_argument("receipt", help="a match receipt (docs/ranking.md); - reads stdin")
    check = verbs.add_parser("check", help="exit 0 if all products may be listed, else 1")
    check.add_argument("catalogue", help="a catalogue file or folder (docs/catalogue.md)")
    match = verbs.add_parser("match", help="match a catalogue and print the receipt")
    match.add_argument("catalogue", help="a catalogue file or folder")
    match.add_argument("--amount", required=True, help="yuan, as on the offers page: 10000")
    match.add_argument("--term", default="", help="12m or 30d; any if not given")
    for band in ("age", "region", "employment", "income"):
        match.add_argument(f"--{band}", default="", metavar="BAND", help="as on the offers page")
    for verb in (replay, check, match):
        verb.add_argument("--json", action="store_true", help="print one JSON object")
    for verb in (check, match):
        verb.add_argument("--on", metavar="DATE", help="the day to judge by; today if not given")


def run(args: argparse.Namespace) -> int:
    """0 yes, 1 no.  Raises Invalid for what cannot be read."""
    return {"replay": _replay, "check": _check, "match": _match}[args.verb](args)


def _replay(args: argparse.Namespace) -> int:
    differences = replay_receipt(_load(args.receipt))
    if args.json:
        _say(json.dumps({"same": not differences, "differences": differences}))
    else:
        _say("\n".join(differences) or "same: the rule gives this outcome from these facts")
    return 1 if differences else 0


def _check(args: argparse.Namespace) -> int:
    on = _day(args.on)
    found = {
        each.id: (refusals(each, on), warnings(each, on)) for each in _products(args.catalogue)
    }
    if args.json:
        rows = [
            {"product": name, "refusals": _codes(refused), "warnings": _codes(warned)}
            for name, (refused, warned) in found.items()
        ]
        _say(json.dumps({"on": on.isoformat(), "products": rows}, ensure_ascii=False))
    else:
        for name, (refused, _) in found.items():
            reasons = "; ".join(f"{each.code}: {each.reason}" for each in refused)
            _say(f"{name:30} {'refused: ' + reasons if reasons else 'may be listed'}")
    return 1 if any(refused for refused, _ in found.values()) else 0


def _codes(reasons: list[Reason]) -> list[dict[str, str]]:
    return [{"code": each.code, "reason": each.reason, "source": each.source} for each in reasons]


def _match(args: argparse.Namespace) -> int:
    on, products = _day(args.on), _products(args.catalogue)
    listed = [product for product in products if not refusals(product, on)]
    wish = Wish(
        amount=parse_yuan(args.amount, field="--amount"),
        span=_span(args.term),
        age=args.age,
        region=args.region,
        employment=args.employment,
        income=args.income,
    )
    offers = [offer_of(product, quote_all(product, start=on)) for product in listed]
    receipt = match_receipt(wish, offers, catalogue=catalogue_hash(tuple(listed)))
    _say(json.dumps(receipt, ensure_ascii=False, indent=None if args.json else 2))
    return 0


def _span(text: str) -> Span | None:
    if not text:
        return None
    at = parse_at(text, field="--term")
    if not isinstance(at, Offset) or at.weeks or not (at.months or at.days):
        raise Invalid(code="match.bad_term", reason="--term is 12m or 30d", field="--term")
    return Span(months=at.months, days=at.days)


def _day(text: str | None) -> date:
    if text is None:
        return datetime.fromtimestamp(time.time(), tz=ZoneInfo("Asia/Shanghai")).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(code="market.bad_day", reason="--on is a date", field="--on") from error


def _products(name: str) -> tuple[Product, ...]:
    path = Path(name)
    try:
        if path.is_dir():
            return read_catalogue(path)
        return read_lender_file(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(code="market.no_file", reason="the catalogue cannot be read") from error


def _load(name: str) -> object:
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise Invalid(code="match.malformed", reason="the receipt is too large")
        return json.loads(data)
    except (OSError, ValueError, RecursionError) as error:
        raise Invalid(code="match.malformed", reason="the receipt is not a JSON file") from error


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
