"""Run every benchmark, one process each; `python -m bench NAME…` runs only those."""

from __future__ import annotations

import subprocess
import sys

BENCHES = (
    "costs",
    "offers",
    "proofs",
    "ledger",
    "gate",
    "marks",
    "audit",
    "mail",
    "trace",
    "trace_join",
)


def main(names: list[str]) -> int:
    """The number of benchmarks that did not finish."""
    failed = 0
    for name in names or list(BENCHES):
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        failed += (
            subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode != 0
        )
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
