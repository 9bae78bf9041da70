"""Ask the clock; only doors do, everything else is told the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def read_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.fromtimestamp(time.time(), tz=UTC)
