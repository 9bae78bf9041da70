"""A client of the ledger's latency figure, a process of its own: `RATE SECONDS`.

Writes frames to standard output at a steady rate: the moment of submission (monotonic seconds, the
same clock in every process) and 512 random bytes.
"""

from __future__ import annotations

import os
import struct
import sys
import time

FRAME = struct.Struct(">d512s")


def main(rate: int, seconds: int) -> int:
    """Submit `rate` entries a second."""
    supply = [os.urandom(512) for _ in range(rate * seconds)]
    began = time.monotonic()
    for number, data in enumerate(supply):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        os.write(sys.stdout.fileno(), FRAME.pack(time.monotonic(), data))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
