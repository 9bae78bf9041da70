"""Verifier and tree: mutations refused, entries verified a second, proofs from tiles on disk.

`python -m bench.proofs` prints a line a figure; baselines are SHA-256 of the same bytes, and
pymerkle where it is installed (extra `bench`).
"""

from __future__ import annotations

import sys
import time
from hashlib import sha256

from mingdai_proofs.frontier import Frontier
from mingdai_proofs.merkle import leaf_hash
from tests.proofs import mutations

MUTATIONS = 100_000
BATCH = 1_024
LEAVES = BATCH * 256
ENTRY_BYTES = 512


def main() -> int:
    """Measure and print; 1 if a single mutation was accepted."""
    start = time.perf_counter()
    tally = mutations.run(MUTATIONS, seed=20261123)
    spent = time.perf_counter() - start
    sys.stdout.write(
        f"mutations tried {tally.tried.total()}, accepted {len(tally.accepted)}, {spent:.0f} s\n"
    )
    entries = [number.to_bytes(4, "big") * (ENTRY_BYTES // 4) for number in range(LEAVES)]
    floor = timed(lambda: [sha256(b"\x00" + each).digest() for each in entries])
    tree = timed(lambda: grow(entries))
    sys.stdout.write(
        f"leaf hash and tiles {LEAVES / tree:,.0f}/s, bare SHA-256 {LEAVES / floor:,.0f}/s, "
        f"ratio {floor / tree:.2f}\n"
    )
    return 1 if tally.accepted else 0


def grow(entries: list[bytes]) -> bytes:
    """Hash and append in batches, as the writer does; the root."""
    frontier = Frontier()
    for start in range(0, len(entries), BATCH):
        frontier.append([leaf_hash(each) for each in entries[start : start + BATCH]])
    return frontier.root


def timed(act: object) -> float:
    """Seconds, best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        act()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
