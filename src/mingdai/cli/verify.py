"""`mingdai verify receipt|ledger|openings|audit|trace`.

All but `audit` and `trace` is the same verifier as `python -m mingdai_proofs`.  What needs more
is imported when it is asked for, so that a receipt is verified where nothing else is installed.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from typing import TYPE_CHECKING

from mingdai_proofs import cli

if TYPE_CHECKING:
    from argparse import _SubParsersAction

OWN = {
    "audit": ("mingdai.cli.verify_audit", "check the evidence folder of an audit again"),
    "trace": ("mingdai.cli.verify_trace", "compute the numbers of an attribution again"),
}
"""Nouns with a verifier of the marketplace's own: a module with `add_arguments` and `run`."""


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Everything after `verify` is the verifier's own to parse."""
    parser = subparsers.add_parser("verify", add_help=False, prefix_chars="\0")
    parser.add_argument("rest", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    """0 verified, 1 flawed, 2 a call that could not be taken."""
    noun, *rest = args.rest or [""]
    if noun in OWN:
        name, said = OWN[noun]
        module = importlib.import_module(name)
        parser = argparse.ArgumentParser(prog=f"mingdai verify {noun}", description=said)
        module.add_arguments(parser)
        return int(module.run(parser.parse_args(rest)))
    if noun in {"-h", "--help"}:
        sys.stdout.writelines(f"{each}: {said}\n" for each, (_, said) in OWN.items())
    return cli.main(["verify", *args.rest])
