"""`python -m mingdai_sandbox --config FILE --port N`: serve until interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from mingdai_proofs.flaws import Flawed
from mingdai_sandbox.configuring import BadConfig, read_config
from mingdai_sandbox.serving import HOST, serve


def main(argv: Sequence[str]) -> int:
    """Serve; 0 after an interruption, 2 where the configuration or the port cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m mingdai_sandbox", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="JSON file; see docs/lender.md")
    parser.add_argument("--port", type=int, required=True, help="on 127.0.0.1")
    chosen = parser.parse_args(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        config = read_config(chosen.config)
        sys.stderr.write(f"sandbox lenders on http://{HOST}:{chosen.port}/\n")
        serve(config, port=chosen.port, stop=stop)
    except (BadConfig, Flawed, OSError) as problem:
        sys.stderr.write(f"mingdai_sandbox: {problem}\n")
        return 2
    return 0
