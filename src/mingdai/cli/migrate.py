"""`mingdai migrate`: tables, keys and static files as this version needs them; safe to repeat.

Static files are compressed, which takes seconds: they are collected again only when a source
file is newer than the last collection or the list of files has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

if TYPE_CHECKING:
    from argparse import _SubParsersAction

STAMP = "collected.sha256"


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """No options."""
    subparsers.add_parser("migrate", help="bring tables, keys and static files up to date")


def run(args: argparse.Namespace) -> int:
    """Apply what is missing and say so."""
    del args
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    sys.stdout.write("tables and static files are up to date\n")
    return 0


def collect_static() -> None:
    """Collect, hash and compress the static files, unless they are what they were."""
    stamp = settings.STATIC_ROOT / STAMP
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    """A digest of every source file's name, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda each: each[0]):
            changed = storage.get_modified_time(path).isoformat()
            digest.update(f"{path}\0{storage.size(path)}\0{changed}\n".encode())
    return digest.hexdigest()
