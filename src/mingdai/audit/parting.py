"""A child process is told by the kernel when its parent dies, however the parent dies.

Linux only (prctl(2), PR_SET_PDEATHSIG); elsewhere nothing is promised.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> Callable[[], None] | None:
    """What to run in the child before its program starts (`preexec_fn`), None where it cannot be.

    Start the child from the thread that lives as long as the parent does: the main one.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
