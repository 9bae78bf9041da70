"""`mingdai staff add` and `mingdai staff reset`: an employee's one-time password, printed once."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from django.utils import timezone

from mingdai.accounts.enlisting import ENROL_WITHIN, add_staff, reset_staff
from mingdai.accounts.models import Staff

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`add LOGIN --role ROLE` and `reset LOGIN`."""
    parser = subparsers.add_parser("staff", help="add an employee, reset a second factor")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    adding = verbs.add_parser("add", help="add an employee")
    adding.add_argument("login", help="a work log-in, not a name")
    adding.add_argument("--role", required=True, choices=Staff.Role.values)
    resetting = verbs.add_parser("reset", help="end password, second factor and every session")
    resetting.add_argument("login")


def run(args: argparse.Namespace) -> int:
    """Print the one-time password; it is kept nowhere in clear."""
    now = timezone.now()
    if args.verb == "add":
        staff, password = add_staff(args.login, role=args.role, at=now)
    else:
        staff, password = reset_staff(args.login, at=now)
    sys.stdout.write(
        f"{staff.login} ({staff.role}): one-time password {password}\n"
        f"within {ENROL_WITHIN.days} days, at the first log-in: set password and second factor\n"
    )
    return 0
