"""`mingdai mail`: the mail door, and what becomes of the letters it took, until it is stopped.

`mingdai mail door` receives, `mingdai mail work` judges and sends; without a word both run in one
process.  Each round is safe to lose: what a killed round left undone the next one finishes.
Several of each may run.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from mingdai.errors import MingdaiError
from mingdai.mail.judging import Checks, judge_due
from mingdai.mail.limiting import Peers
from mingdai.mail.queueing import Intake
from mingdai.mail.resolving import DnsResolver, Resolver, ZoneResolver
from mingdai.mail.returning import settle_returned
from mingdai.mail.sending import Smarthost, send_due
from mingdai.mail.serving import Door, DoorSettings, tls_context
from mingdai.vault.certifying import certificate

if TYPE_CHECKING:
    from argparse import _SubParsersAction

CONNECTIONS = 50
"""From one peer at once."""

NICER = 5
"""How far `work` stands back for the door where both want the processor."""

BREATH_S = 0.02
"""Between two rounds, so that the door finds SQLite's one write lock free."""

logger = logging.getLogger("mingdai.mail")


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`part` (door, work or all), `--host`, `--port` (0: any free one), `--pause-ms` when idle."""
    parser = subparsers.add_parser("mail", help="receive, judge and pass on letters, until stopped")
    parser.add_argument("part", nargs="?", choices=("all", "door", "work"), default="all")
    parser.add_argument("--host", default=settings.MINGDAI_MAIL_HOST)
    parser.add_argument("--port", type=int, default=settings.MINGDAI_MAIL_PORT)
    parser.add_argument("--pause-ms", type=int, default=100)


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; the door prints its port once it listens."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if args.part == "work":
        os.nice(NICER)
    with contextlib.ExitStack() as parts:
        if args.part in {"all", "work"}:
            parts.enter_context(working(stop, pause_s=args.pause_ms / 1000))
        if args.part in {"all", "door"}:
            door = parts.enter_context(receiving(args.host, args.port))
            sys.stdout.write(f"mail {args.host}:{door.port}\n")
            sys.stdout.flush()
        stop.wait()
    return 0


@contextlib.contextmanager
def working(stop: threading.Event, *, pause_s: float) -> Iterator[None]:
    """What becomes of letters, a thread for each duty; ended by setting `stop`."""
    workers = [
        threading.Thread(target=repeat, args=(name, act, stop, pause_s), name=f"mail-{name}")
        for name, act in duties().items()
    ]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        stop.set()
        for worker in workers:
            worker.join()


@contextlib.contextmanager
def receiving(host: str, port: int) -> Iterator[Door]:
    """The door, listening; at the end what was accepted is stored."""
    intake = Intake(clock=timezone.now)
    door = open_door(intake, host=host, port=port)
    try:
        yield door
    finally:
        door.close()
        intake.stop()


def open_door(intake: Intake, *, host: str, port: int) -> Door:
    """The door as the settings describe it, listening."""
    chosen = settings.MINGDAI_MAIL_CERT
    own = chosen or certificate(
        settings.MINGDAI_KEYS, name=settings.MINGDAI_MAIL_NAME, at=timezone.now()
    )
    tls = tls_context(str(own), settings.MINGDAI_MAIL_KEY if chosen else "")
    peers = Peers(
        per_minute=settings.MINGDAI_MAIL_RATE, connections=CONNECTIONS, clock_s=time.monotonic
    )
    door = Door(
        DoorSettings(host, port, settings.MINGDAI_MAIL_NAME, tls), intake=intake, peers=peers
    )
    door.open()
    intake.start()
    return door


def resolver() -> Resolver:
    """The DNS, or the zone file that the environment names."""
    path = settings.MINGDAI_MAIL_ZONE
    return ZoneResolver.from_file(Path(path)) if path else DnsResolver()


def duties() -> dict[str, Callable[[datetime], int]]:
    """What runs beside the door."""
    checks = Checks(resolver(), settings.MINGDAI_ARC_TRUSTED)
    found: dict[str, Callable[[datetime], int]] = {
        "judge": lambda at: len(judge_due(checks, at=at)),
        "return": lambda at: settle_returned(checks, at=at),
    }
    smarthost = Smarthost.parse(settings.MINGDAI_SMARTHOST, name=settings.MINGDAI_MAIL_NAME)
    if smarthost is not None:
        found["send"] = lambda at: send_due(smarthost, at=at)
    return found


def repeat(
    name: str, act: Callable[[datetime], int], stop: threading.Event, pause_s: float
) -> None:
    """Do it again and again; after a failure wait a second."""
    while not stop.is_set():
        try:
            done = act(timezone.now())
            wait = BREATH_S if done else pause_s
        except (MingdaiError, DatabaseError, OSError) as error:
            code = error.code if isinstance(error, MingdaiError) else type(error).__name__
            logger.error("%s failed: %s", name, code)
            wait = 1.0
        close_old_connections()
        stop.wait(wait)
