"""`mingdai verify receipt|ledger|openings`: the same verifier as `python -m mingdai_proofs`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from mingdai_proofs import cli

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Everything after `verify` is the verifier's own to parse."""
    parser = subparsers.add_parser("verify", add_help=False, prefix_chars="\0")
    parser.add_argument("rest", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    """0 verified, 1 flawed, 2 a call that could not be taken."""
    return cli.main(["verify", *args.rest])
