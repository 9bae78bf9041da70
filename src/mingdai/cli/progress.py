"""A bar on standard error: how far a long command is, and what it is doing.

On a terminal one line is written over; elsewhere each step is a line of its own.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO

_WIDTH = 24


class Bar:
    """`steps` calls of `say` fill the bar; it never passes its end."""

    def __init__(self, stream: TextIO, *, steps: int, quiet: bool = False) -> None:
        """`quiet` writes nothing."""
        self._stream, self._steps, self._quiet = stream, max(1, steps), quiet
        self._done, self._began = 0, time.monotonic()
        self._over = stream.isatty()

    def __enter__(self) -> Bar:
        """The bar itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Leave a clean line."""
        self.clear()

    def say(self, text: str) -> None:
        """The next step begins: `text`."""
        self._done = min(self._done + 1, self._steps)
        if self._quiet:
            return
        filled = _WIDTH * (self._done - 1) // self._steps
        past = f"{time.monotonic() - self._began:.0f} s"
        line = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {past}  {text}"
        self._stream.write(f"\r\x1b[2K{line}" if self._over else f"{line}\n")
        self._stream.flush()

    def clear(self) -> None:
        """Take the bar away before something else is written."""
        if self._over and not self._quiet:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
