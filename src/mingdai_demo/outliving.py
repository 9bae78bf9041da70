"""No process outlives its runner, not even one that was killed with SIGKILL.

Each process has a keeper (honcho's wrapper).  The runner alone holds the writing end of a pipe; the
kernel closes it when the runner dies, however it dies, and every keeper then ends its process.  On
Linux a process is also told by the kernel when its keeper dies, so that killing the runner's whole
process group leaves nothing either.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial

from honcho.process import Popen, Process

from mingdai.audit.parting import end_with_parent

GRACE_S = 5.0
"""Between asking a process to end and ending it."""


def held_pipe() -> int:
    """The reading end of a pipe whose writing end only this process holds, until it dies."""
    reading, writing = os.pipe()
    os.register_at_fork(after_in_child=partial(_close, writing))
    return reading


def tied_to(pipe: int) -> Callable[..., Process]:
    """What makes honcho's processes, each tied to the holder of the pipe."""
    return partial(_Tied, pipe)


class _Tied(Process):  # type: ignore[misc]  # honcho has no types
    """A process that ends when the pipe does."""

    def __init__(self, pipe: int, command: str, **settings: object) -> None:
        super().__init__(command, **settings)
        self._pipe = pipe
        self._child_ctor = self._begin

    def _begin(self, command: str, **settings: object) -> Popen:
        child = Popen(command, preexec_fn=end_with_parent(), **settings)
        threading.Thread(target=_end, args=(self._pipe, child.pid), daemon=True).start()
        return child


def _end(pipe: int, group: int) -> None:
    """Wait for the runner's death, then end the group: first asked, then made to."""
    os.read(pipe, 1)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGTERM)
        time.sleep(GRACE_S)
        os.killpg(group, signal.SIGKILL)


def _close(writing: int) -> None:
    with contextlib.suppress(OSError):  # closed already in the fork of a fork
        os.close(writing)
