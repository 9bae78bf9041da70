"""`mingdai cost`: the true cost of any loan, from its cash flow.  Runs without Django."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mingdai.errors import Invalid
from mingdai.market.conventions import Convention
from mingdai.market.costing import Cost, compute_cost
from mingdai.market.flows import CashFlow, Flow
from mingdai.market.loanfile import parse_convention, parse_flows, read_loan
from mingdai.market.money import parse_yuan, yuan

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_MOST_BYTES = 2_000_000

_EPILOG = """examples:
  mingdai cost loan.json --json
  mingdai cost --receive 1000 --repay 1600@2d
  mingdai cost --receive 10000 --repay 945.60@1m..12m
  mingdai cost --receive 1400 --nominal 2000 --repay 2000@7d --convention day365
"""


def add_parser(subparsers: Subparsers) -> None:
    """Add the command to `mingdai`."""
    parser = subparsers.add_parser(
        "cost",
        help="the true cost of a loan",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", help="a loan as JSON (docs/costs.md); - reads stdin")
    parser.add_argument(
        "--receive", action="append", default=[], metavar="AMOUNT[@WHEN]", help="what you get"
    )
    parser.add_argument(
        "--repay",
        action="append",
        default=[],
        metavar="AMOUNT@WHEN",
        help="what you pay: 1600@2d, 500@1m, 500@2026-02-10, 945.60@1m..12m",
    )
    parser.add_argument("--nominal", metavar="AMOUNT", help="the principal the contract names")
    parser.add_argument(
        "--convention", metavar="NAME", help="pboc (default), regz, eu, day365 or day365.25"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Print the cost; 0.  Raises Invalid (`cost.…`, `money.…`) for what is not a loan."""
    cash, convention = _loan(args)
    cost = compute_cost(cash, convention)
    sys.stdout.write(_as_json(cost) if args.json else _as_text(cost))
    return 0


def _loan(args: argparse.Namespace) -> tuple[CashFlow, Convention]:
    asked = None if args.convention is None else parse_convention(args.convention)
    inline = bool(args.receive or args.repay or args.nominal is not None)
    if bool(args.file) == inline:
        raise Invalid(
            code="cost.no_loan" if not inline else "cost.two_loans",
            reason="give a loan file, or --receive and --repay",
            remedy="mingdai cost --receive 1000 --repay 1600@2d",
        )
    if args.file:
        cash, written = read_loan(_load(args.file))
        return cash, asked or written
    nominal = None if args.nominal is None else parse_yuan(args.nominal, field="--nominal")
    advances = _flows(args.receive, field="--receive")
    return CashFlow(
        advances, _flows(args.repay, field="--repay"), nominal
    ), asked or Convention.PBOC


def _flows(texts: list[str], *, field: str) -> tuple[Flow, ...]:
    return tuple(flow for text in texts for flow in parse_flows(text, field=field))


def _load(name: str) -> object:
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Invalid(
            code="cost.no_file", reason="the loan file cannot be read", field="file"
        ) from error
    if len(data) > _MOST_BYTES:
        raise Invalid(code="cost.too_many", reason="the loan file is too large", field="file")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Invalid(
            code="cost.not_json", reason="the loan file is not JSON", field="file"
        ) from error


def _as_json(cost: Cost) -> str:
    figures = {
        "simple_pct": cost.simple_pct,
        "compound_pct": cost.compound_pct,
        "apr_pct": cost.apr_pct,
        "total_repaid": yuan(cost.total_repaid),
        "net_received": yuan(cost.net_received),
        "flags": list(cost.flags),
        "notes": list(cost.notes),
    }
    return json.dumps(figures, ensure_ascii=False) + "\n"


def _as_text(cost: Cost) -> str:
    rows = [
        ("simple a year (pboc)", _percent(cost.simple_pct)),
        ("compound a year (pboc)", _percent(cost.compound_pct)),
        (f"by convention {cost.convention.value}", _percent(cost.apr_pct)),
        ("net received", yuan(cost.net_received)),
        ("total repaid", yuan(cost.total_repaid)),
        ("flags", ", ".join(cost.flags) or "none"),
        *(("note", note) for note in cost.notes),
    ]
    return "".join(f"{name:26} {value}\n" for name, value in rows)


def _percent(pct: float | None) -> str:
    if pct is None:
        return "no figure"
    return f"{pct:.2f} %" if abs(pct) < 1e9 else f"{pct:.4g} %"
