"""`mingdai vault rotate` and `mingdai vault expire`: keys into a new era, old fields away."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from django.utils import timezone

from mingdai.accounts.sweeping import sweep
from mingdai.vault.expiring import expire
from mingdai.vault.rotating import retire, rotate

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`rotate [--batch N] [--retire]` and `expire`."""
    parser = subparsers.add_parser("vault", help="rotate keys, expire fields")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    rotating = verbs.add_parser("rotate", help="wrap every key under a new key-encryption key")
    rotating.add_argument("--batch", type=int, default=500, help="keys in one transaction")
    rotating.add_argument(
        "--retire",
        action="store_true",
        help="begin no new era; destroy old key-encryption keys that nothing uses",
    )
    verbs.add_parser("expire", help="erase fields, link tokens, codes and tries past their time")


def run(args: argparse.Namespace) -> int:
    """Do it and say how much was done; a broken-off rotation goes on when called again."""
    if args.verb == "expire":
        return _expire()
    return _retire() if args.retire else _rotate(max(1, args.batch))


def _rotate(batch: int) -> int:
    done = rotate(batch=batch)
    sys.stdout.write(
        f"key-encryption key {done.kek_id} now wraps {done.data_keys} data keys and "
        f"{done.platform_keys} platform keys more\n"
        "older ones stay until `mingdai vault rotate --retire`\n"
    )
    return 0


def _retire() -> int:
    gone = retire(at=timezone.now())
    sys.stdout.write(
        f"destroyed: {', '.join(gone)}; destroy their copies too\n"
        if gone
        else "no old key-encryption key is left\n"
    )
    return 0


def _expire() -> int:
    now = timezone.now()
    gone, tries = expire(at=now), sweep(at=now)
    sys.stdout.write(f"erased {gone.fields} fields, {gone.links} link tokens, {tries} old tries\n")
    return 0
