"""`mingdai worker`: one loop that sequences, publishes, delivers and sweeps until it is stopped.

Each round is safe to lose: what a killed round left undone the next one finishes.  Several
workers may run; the ledger's lease lets one sequence, row locks share out deliveries.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from mingdai.accounts import sweeping as accounts_sweeping
from mingdai.cases import sweeping as cases_sweeping
from mingdai.errors import MingdaiError, Unavailable
from mingdai.gate import sweeping as gate_sweeping
from mingdai.gate.delivering import deliver_due
from mingdai.ledger.sequencing import sequence_and_publish
from mingdai.market.listing import relist

if TYPE_CHECKING:
    from argparse import _SubParsersAction

logger = logging.getLogger("mingdai.worker")


@dataclass(slots=True)
class Duty:
    """One thing the loop does, how often, and when it is next due.

    A duty that fails waits `every`, doubled at each failure up to a minute.
    """

    name: str
    act: Callable[[datetime], int]
    every: timedelta
    due_at: datetime
    failures: int = field(default=0)

    def run(self, at: datetime) -> int:
        """Do it if it is due; the number of things done, 0 for none."""
        if at < self.due_at:
            return 0
        try:
            done = self.act(at)
        except (MingdaiError, DatabaseError, OSError) as error:
            self.failures += 1
            wait = min(self.every * 2**self.failures, timedelta(minutes=1))
            self.due_at = at + max(wait, timedelta(seconds=1))
            level = logging.WARNING if isinstance(error, Unavailable) else logging.ERROR
            code = error.code if isinstance(error, MingdaiError) else type(error).__name__
            logger.log(level, "%s failed: %s", self.name, code)
            return 0
        self.failures = 0
        self.due_at = at + self.every
        return done


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`--pause-ms`: how long an idle round waits."""
    parser = subparsers.add_parser("worker", help="sequence, deliver, sweep, until stopped")
    parser.add_argument("--pause-ms", type=int, default=100)


def duties(at: datetime) -> list[Duty]:
    """Everything the loop does, in order."""
    holder = f"{socket.gethostname()}:{os.getpid()}"
    soon, minute = timedelta(milliseconds=20), timedelta(minutes=1)
    return [
        Duty("sequence", lambda now: sequence_and_publish(holder=holder, at=now), soon, at),
        Duty("deliver", lambda now: deliver_due(at=now), soon, at),
        Duty("sweep accounts", lambda now: accounts_sweeping.sweep(at=now), minute, at),
        Duty("sweep gate", lambda now: gate_sweeping.sweep(at=now), minute, at),
        Duty("sweep cases", lambda now: cases_sweeping.sweep(at=now), minute, at),
        Duty("relist", lambda now: relist(at=now), timedelta(hours=1), at),
    ]


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; the round that runs is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work = duties(timezone.now())
    while not stop.is_set():
        done = sum(duty.run(timezone.now()) for duty in work)
        close_old_connections()
        if not done:
            stop.wait(args.pause_ms / 1000)
    return 0
