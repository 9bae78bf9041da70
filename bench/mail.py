"""The mail door under load: letters a second accepted and durable, with a SIGKILL in the middle.

`python -m bench.mail` prints, for SQLite and, where `DATABASE_URL` is set, for PostgreSQL: letters
accepted a second as fast as sixteen connections go (beside one flush a letter: a bare file written
and fsynced each time); then, at a steady 200 a second, the waits for 250, and after a SIGKILL in
the middle and a restart, accepted beside stored letters.  Judging runs all the while.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.kill.world import own_database
from tests.mail.storm import DoorProcess, Storm, ask, compare, environment, message

RATE = 200
SECONDS = 15
BURST = 2000
TARGET = 200


def main(arguments: list[str]) -> int:
    """Every database, or `one`: the one of the environment."""
    if arguments[:1] == ["one"]:
        return measure()
    failed = 0
    for url in dict.fromkeys(("", os.environ.get("DATABASE_URL", ""))):
        child = {**os.environ, "DATABASE_URL": url}
        command = [sys.executable, "-m", "bench.mail", "one"]
        failed += subprocess.run(command, env=child, check=False).returncode != 0
    return failed


def measure() -> int:
    """Burst, then a steady storm with a kill."""
    folder = Path(tempfile.mkdtemp(prefix="mingdai-bench-mail-"))
    try:
        with own_database() as url:
            given = environment(folder, url)
            addresses = ask(["make", "20"], given)
            door = DoorProcess(given)
            door.start()
            kind = "postgresql" if url else "sqlite"
            rate = burst(door.port, addresses, kind, folder)
            good = kill_in_the_middle(door, addresses, kind, given)
            door.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if good and rate >= TARGET else 1


def burst(port: int, addresses: list[str], kind: str, folder: Path) -> float:
    """Letters a second, as fast as it goes."""
    storm = Storm(port, addresses, count=BURST)
    began = time.monotonic()
    storm.run()
    rate = BURST / (time.monotonic() - began)
    bare = flushes_a_second(folder)
    print(
        f"{kind}: {rate:.0f} letters/s accepted over {storm.connections} connections "
        f"(target {TARGET}); one file and flush a letter: {bare:.0f}/s"
    )
    return rate


def flushes_a_second(folder: Path) -> float:
    """The baseline: one file, one flush a letter."""
    began = time.monotonic()
    for number in range(200):
        with (folder / f"letter-{number}").open("wb") as file:
            file.write(message(number))
            file.flush()
            os.fsync(file.fileno())
    return 200 / (time.monotonic() - began)


def kill_in_the_middle(
    door: DoorProcess, addresses: list[str], kind: str, given: dict[str, str]
) -> bool:
    """Whether accepted = stored = judged, each once."""
    storm = Storm(door.port, addresses, count=RATE * SECONDS, rate=RATE, offset=BURST)
    sending = threading.Thread(target=storm.run)
    began = time.monotonic()
    sending.start()
    while len(storm.accepted) < storm.count // 2:
        time.sleep(0.01)
    door.kill()
    door.start()
    down = time.monotonic()
    sending.join()
    took = time.monotonic() - began
    found = ask(["count"], given)
    while any(name.startswith("queued") for name in found["states"]):
        time.sleep(0.5)
        found = ask(["count"], given)
    result = compare(storm, found["digests"])
    waits = sorted(storm.waits_s)
    print(
        f"{kind}: {storm.count} letters at {RATE}/s with a SIGKILL in the middle, {took:.1f} s; "
        f"wait for 250: median {1000 * statistics.median(waits):.0f} ms, "
        f"99 % {1000 * waits[len(waits) * 99 // 100]:.0f} ms; sent again: {storm.repeats}"
    )
    print(
        f"{kind}: accepted {result['accepted']}, stored {result['stored']}, "
        f"lost {result['lost']}, twice {result['twice']}; {found['states']}; "
        f"judged {time.monotonic() - down:.1f} s after the restart"
    )
    return result["lost"] == 0 and result["twice"] == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
