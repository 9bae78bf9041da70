"""`mingdai web`: pages, API and log from one process (granian; TLS stands in front of it)."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`--host`, `--port` (default `PORT` or 8000), `--workers`."""
    parser = subparsers.add_parser("web", help="serve pages, API and log")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--workers", type=int, default=1)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    Granian(
        "mingdai.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=4,
        log_access=False,
    ).serve()
    return 0
