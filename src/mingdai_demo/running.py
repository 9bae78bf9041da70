"""Start the whole marketplace: web, worker, a witness and the sandbox, under one process runner.

Ctrl-C ends every process (honcho keeps each in a process group of its own).  The witness runs on
this machine: it shows the protocol and is no independent proof.
"""

from __future__ import annotations

import os
import shlex
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from honcho.manager import Manager

from mingdai_demo.seeding import Addresses
from mingdai_proofs.keyfiles import load_or_create_cosigner

HOST = "127.0.0.1"
WITNESS_NAME = "witness.mingdai.example"


@dataclass(frozen=True, slots=True)
class Ports:
    """Loopback ports of this run."""

    web: int
    witness: int
    sandbox: int

    @property
    def addresses(self) -> Addresses:
        """What partners and platform call each other by."""
        return Addresses(
            platform=f"http://{HOST}:{self.web}", sandbox=f"http://{HOST}:{self.sandbox}"
        )


def choose_ports(web: int) -> Ports:
    """The web port as asked for, the two after it for witness and sandbox, or free ones."""
    taken = {web}
    witness = _free(web + 1, taken)
    return Ports(web, witness, _free(web + 2, taken | {witness}))


def is_free(port: int) -> bool:
    """Whether nobody listens on this loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex((HOST, port)) != 0


def witness_setting(data: Path, ports: Ports) -> str:
    """`MINGDAI_WITNESSES` for the witness of this run; makes its key at the first call."""
    folder = data / "witness"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    signers = load_or_create_cosigner(folder / "cosigner.keys", WITNESS_NAME, os.urandom)
    return f"{WITNESS_NAME} {signers[0].verifier.vkey} http://{HOST}:{ports.witness}"


def start(ports: Ports, *, data: Path, log_vkey: str, sandbox_config: Path) -> int:
    """Run until Ctrl-C; 0 after an ordinary interruption, else the first failure's exit code."""
    python = shlex.quote(sys.executable)
    commands = {
        "witness": f"{python} -m mingdai_proofs witness --data {shlex.quote(str(data / 'witness'))}"
        f" --name {WITNESS_NAME} --port {ports.witness} --log {shlex.quote(log_vkey)}",
        "sandbox": f"{python} -m mingdai_sandbox --config {shlex.quote(str(sandbox_config))}"
        f" --port {ports.sandbox}",
        "web": f"{python} -m mingdai.cli web --port {ports.web}",
        "worker": f"{python} -m mingdai.cli worker",
        "guide": f"{python} -m mingdai_demo guide",
    }
    manager = Manager()
    for name, command in commands.items():
        manager.add_process(name, f"exec {command}", env=dict(os.environ))
    manager.loop()
    return 0 if manager.returncode in (None, 0, 130, 143) else int(manager.returncode)


def _free(preferred: int, taken: set[int]) -> int:
    if preferred not in taken and is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
