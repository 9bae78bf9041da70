"""Start the whole marketplace: web, worker, auditor, tracer, a witness and the sandbox.

The tracer is left out where its extra is not installed, as after `make run` alone.

Ctrl-C, SIGTERM or a closed terminal ends every process: honcho keeps each in a process group of its
own.  So does a killed runner: see `mingdai_demo.outliving`.
"""

from __future__ import annotations

import os
import shlex
import signal
import sys
from collections.abc import Mapping
from importlib.util import find_spec

from honcho.manager import Manager

from mingdai_demo.environment import WITNESS_NAME, witness_folder
from mingdai_demo.outliving import held_pipe, tied_to

TRACING = ("duckdb", "ibis", "scipy")
"""Of the `trace` extra: without them no tracer starts."""

INTERRUPTED = {None, 0, 130, 143}
"""Exit codes of an ordinary end: Ctrl-C and SIGTERM among them."""


def commands(
    environment: Mapping[str, str], *, log_vkey: str, sandbox_config: str
) -> dict[str, str]:
    """Each process's name and shell command."""
    python = shlex.quote(sys.executable)
    witness = shlex.quote(str(witness_folder(environment["MINGDAI_DATA"])))
    named = {
        "witness": f"{python} -m mingdai_proofs witness --data {witness} --name {WITNESS_NAME}"
        f" --port {environment['MINGDAI_WITNESS_PORT']} --log {shlex.quote(log_vkey)}",
        "sandbox": f"{python} -m mingdai_sandbox --config {shlex.quote(sandbox_config)}"
        f" --port {environment['MINGDAI_SANDBOX_PORT']}",
        "web": f"{python} -m mingdai.cli web --port {environment['PORT']}",
        "worker": f"{python} -m mingdai.cli worker",
        "mailbox": f"{python} -m mingdai_demo mailbox",
        "mail": f"{python} -m mingdai.cli mail --port {environment['MINGDAI_MAIL_PORT']}",
        "auditor": f"{python} -m mingdai.cli auditor",
        "guide": f"{python} -m mingdai_demo guide",
    }
    if all(find_spec(each) for each in TRACING):
        named["tracer"] = f"{python} -m mingdai.cli tracer"
    return named


def start(named: Mapping[str, str], environment: Mapping[str, str]) -> int:
    """Run until Ctrl-C; 0 after an ordinary end, else the first failure's exit code."""
    # honcho knows Ctrl-C and SIGTERM; a closed terminal must not leave its processes either.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    manager = Manager()
    manager._process_ctor = tied_to(held_pipe())  # the manager has no public way to say so
    for name, command in named.items():
        manager.add_process(name, f"exec {command}", env=dict(environment))
    manager.loop()
    return 0 if manager.returncode in INTERRUPTED else int(manager.returncode)
