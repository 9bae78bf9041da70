"""`mingdai migrate`: tables, keys and static files as this version needs them; safe to repeat."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from django.core.management import call_command

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """No options."""
    subparsers.add_parser("migrate", help="bring tables, keys and static files up to date")


def run(args: argparse.Namespace) -> int:
    """Apply what is missing and say so."""
    del args
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    sys.stdout.write("tables and static files are up to date\n")
    return 0
