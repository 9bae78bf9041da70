"""Stop a child process where the test says, so that the test can kill it there.

This runs in the child, before product code: it watches calls by name with the interpreter's own
profiling hook.  The product holds no fail point.  At the place it prints `HERE` and waits for the
signal that will not be handled: SIGKILL.
"""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType


def stop_at(place: str) -> None:
    """`module:qualname` stops when that function returns; `module:qualname:call` when called.

    "" stops nowhere.
    """
    if not place:
        return
    module, name, *event = place.split(":")
    wanted = event[0] if event else "return"

    def watch(frame: FrameType, what: str, _: object) -> None:
        if what != wanted or frame.f_code.co_qualname != name:
            return
        if frame.f_globals.get("__name__") == module:
            sys.setprofile(None)
            sys.stdout.write("HERE\n")
            sys.stdout.flush()
            signal.pause()

    threading.setprofile(watch)
    sys.setprofile(watch)
