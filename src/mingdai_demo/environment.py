"""What must be settled before Django reads its settings: data folder, ports, the witness's key.

The witness runs on this machine: it shows the protocol and is no independent proof.
"""

from __future__ import annotations

import os
import socket
from collections.abc import MutableMapping
from pathlib import Path

from mingdai_demo.posting import folder
from mingdai_proofs.keyfiles import load_or_create_cosigner

HOST = "127.0.0.1"
WITNESS_NAME = "witness.mingdai.example"
PORTS = (
    "MINGDAI_WITNESS_PORT",
    "MINGDAI_SANDBOX_PORT",
    "MINGDAI_MAIL_PORT",
    "MINGDAI_MAILBOX_PORT",
)
"""Who listens beside the web server: witness, lender, mail door, and the simulated mailbox."""


def prepare(environment: MutableMapping[str, str]) -> None:
    """Fill in what is missing; what is set stays, so that child processes see the same."""
    environment.setdefault("DJANGO_SETTINGS_MODULE", "mingdai.settings")
    environment["MINGDAI_DATA"] = str(Path(environment.get("MINGDAI_DATA", "data")).resolve())
    web = int(environment.setdefault("PORT", "8000"))
    _choose_ports(environment, web)
    environment.setdefault("MINGDAI_SMARTHOST", f"{HOST}:{environment['MINGDAI_MAILBOX_PORT']}")
    environment.setdefault("MINGDAI_MAIL_ZONE", str(folder(environment["MINGDAI_DATA"]) / "zone"))
    environment.setdefault("MINGDAI_WITNESSES", _witness(environment))


def _choose_ports(environment: MutableMapping[str, str], web: int) -> None:
    """The ports next to the web's, or free ones; those already named stay."""
    taken = {web, *(int(environment[name]) for name in PORTS if name in environment)}
    for number, name in enumerate(PORTS, start=1):
        if name not in environment:
            port = choose_port(web + number, taken=taken)
            taken.add(port)
            environment[name] = str(port)


def is_free(port: int) -> bool:
    """Whether nobody listens on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) != 0


def choose_port(preferred: int, *, taken: set[int]) -> int:
    """The preferred port, or another one that is free now."""
    if preferred not in taken and is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def witness_folder(data: str) -> Path:
    """Where the demo's witness keeps its key and state."""
    return Path(data) / "witness"


def _witness(environment: MutableMapping[str, str]) -> str:
    """The `MINGDAI_WITNESSES` entry; makes the witness's key at the first call."""
    folder = witness_folder(environment["MINGDAI_DATA"])
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    signers = load_or_create_cosigner(folder / "cosigner.keys", WITNESS_NAME, os.urandom)
    address = f"http://{HOST}:{environment['MINGDAI_WITNESS_PORT']}"
    return f"{WITNESS_NAME} {signers[0].verifier.vkey} {address}"
