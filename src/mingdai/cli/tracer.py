"""`mingdai tracer`: look at found lists and carry out approved attributions, until it is stopped.

Each task is a process of its own: what it held in memory ends with it.  Killed at any point, the
next tracer finds what was left: an attribution without its holder is carried out again once, under
the entry it began.  Several may run.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import logging
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from mingdai.audit.parting import end_with_parent
from mingdai.cases import queueing
from mingdai.cases.models import Attribution, FoundList
from mingdai.cli.auditor import is_gone
from mingdai.errors import MingdaiError, Unavailable

if TYPE_CHECKING:
    from argparse import _SubParsersAction

logger = logging.getLogger("mingdai.tracer")

LOOK_S = 0.5
"""Between two looks at a task that runs."""

LONGEST = timedelta(hours=2)
GRACE_S = 10.0
NEEDED = ("duckdb", "ibis", "numpy", "openpyxl", "pyarrow", "scipy")
"""Modules of the `trace` extra."""

WORKING = "mingdai.cases.working"
"""Imported by a task alone, as it needs that extra; it was looked for before."""


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """`--pause-ms`: how long an idle round waits; `--one` is how it calls itself."""
    parser = subparsers.add_parser("tracer", help="attribute found lists, until stopped")
    parser.add_argument("--pause-ms", type=int, default=1000)
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; an attribution that runs then goes back to the queue."""
    lacking = [each for each in NEEDED if find_spec(each) is None]
    if lacking:
        raise Unavailable(
            code="case.no_extra",
            reason=f"not installed: {', '.join(lacking)}",
            remedy="install the `trace` extra",
        )
    if args.one:
        return do_one(args.one)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    holder = f"{socket.gethostname()}:{os.getpid()}"
    while not stop.is_set():
        try:
            worked = work_once(holder, stop)
        except (MingdaiError, DatabaseError, OSError) as error:
            worked = False
            logger.error("%s", error.code if isinstance(error, MingdaiError) else type(error))
        close_old_connections()
        if not worked:
            stop.wait(args.pause_ms / 1000)
    return 0


def work_once(holder: str, stop: threading.Event) -> bool:
    """Do the next task to its end; False where none waits."""
    queueing.recover(is_gone=is_gone, at=timezone.now())
    found = queueing.claim_list(at=timezone.now())
    if found is not None:
        _end(_start(f"list:{found.pk}"), stop)
        return True
    row = queueing.claim(holder=holder, at=timezone.now())
    if row is None:
        return False
    logger.info("attribution %s begins", row.pk)
    process = _start(f"attribution:{row.pk}")
    try:
        watch(row, process, stop)
    finally:
        _kill(process)
    logger.info("attribution %s is over", row.pk)
    return True


def watch(row: Attribution, process: subprocess.Popen[bytes], stop: threading.Event) -> None:
    """Follow the process until it ends, is asked to, or takes too long; the row says which."""
    deadline = timezone.now() + LONGEST
    while process.poll() is None:
        now = timezone.now()
        if stop.is_set():
            _kill(process)
            queueing.hand_back(row)
            return
        if not queueing.beat(row, at=now):
            _kill(process)
            queueing.settle_cancelled(row, at=now)
            return
        if now > deadline:
            _kill(process)
            queueing.fail(row, "attribution.too_long", at=now)
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_S)
    queueing.settle_cancelled(row, at=timezone.now())
    queueing.fail(row, "attribution.crashed", at=timezone.now())  # where it has not ended itself


def do_one(task: str) -> int:
    """The task itself, in the process that was started for it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    working = importlib.import_module(WORKING)
    kind, _, text = task.partition(":")
    if kind == "list":
        working.look_at_list(FoundList.objects.get(pk=UUID(text)))
    else:
        working.carry_out(Attribution.objects.get(pk=UUID(text)), at=timezone.now())
    return 0


def _start(task: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program, with an id of ours
        [sys.executable, "-m", "mingdai.cli", "tracer", "--one", task],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent(),
    )


def _end(process: subprocess.Popen[bytes], stop: threading.Event) -> None:
    while process.poll() is None and not stop.is_set():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_S)
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """At once: what a task holds ends with it, and the queue knows what to do."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(GRACE_S)
