"""The log's name and key, and the policy its receipts are judged by.

The origin is chosen once and kept in `log/origin`; `MINGDAI_ORIGIN` only matters before that.  The
log key is Ed25519, named after the origin (C2SP tlog-checkpoint), in a file of mode 0600.  A
witness listed in `MINGDAI_WITNESSES` becomes part of the quorum: `MINGDAI_QUORUM` is `all` (the
default), `any` or a number of witnesses.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from mingdai.ledger.storing import log_folder, sync_folder
from mingdai_proofs.notes import KeyKind, Signer, Verifier
from mingdai_proofs.policies import Policy

KEY_FILE = "log.key"
_GROUP = "witnesses"

# Deriving a key from its text costs more than reading the file; receipts ask for it each time.
_parse_signer = lru_cache(maxsize=4)(Signer.parse)
_parse_verifier = lru_cache(maxsize=32)(Verifier.parse)
_parse_policy = lru_cache(maxsize=4)(Policy.parse)


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness: its `name` in the policy, its key, and where it is asked."""

    name: str
    verifier: Verifier
    url: str


def origin() -> str:
    """The log's origin, made at the first call: `log.mingdai.example/` and 8 random hex digits."""
    if found := known_origin():
        return found
    chosen = settings.MINGDAI_ORIGIN or mint_origin()
    write_once(log_folder() / "origin", f"{chosen}\n", mode=0o644)
    return known_origin()


def known_origin() -> str:
    """The origin that was chosen, "" where none was yet."""
    try:
        return (log_folder() / "origin").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def mint_origin() -> str:
    """An origin nobody else has."""
    return f"log.mingdai.example/{secrets.token_hex(4)}"


def load_or_create_log_key(folder: Path) -> Signer:
    """The log's key in `folder`, made with mode 0600 where there is none."""
    path = folder / KEY_FILE
    if not path.exists():
        fresh = Signer.from_seed(origin(), KeyKind.ED25519, secrets.token_bytes(32))
        write_once(path, f"{fresh.skey}\n", mode=0o600)
    return _parse_signer(path.read_text(encoding="utf-8").strip())


def log_key() -> Signer:
    """The key of this data folder's log."""
    return load_or_create_log_key(Path(settings.MINGDAI_KEYS))


def vkey() -> str:
    """The log's public key as text."""
    return log_key().verifier.vkey


def witnesses() -> list[Witness]:
    """The witnesses of the settings, in their order."""
    return [Witness(n, _parse_verifier(v), u) for n, v, u in settings.MINGDAI_WITNESSES]


def policy() -> Policy:
    """What a checkpoint needs before it is published.  Source: C2SP tlog-policy."""
    lines = [f"log {vkey()}"]
    asked = witnesses()
    lines += [f"witness {each.name} {each.verifier.vkey}" for each in asked]
    if len(asked) > 1:
        names = " ".join(each.name for each in asked)
        lines.append(f"group {_GROUP} {settings.MINGDAI_QUORUM} {names}")
    quorum = "none" if not asked else asked[0].name if len(asked) == 1 else _GROUP
    return _parse_policy("\n".join([*lines, f"quorum {quorum}"]) + "\n")


def policy_text() -> str:
    """The policy as the file that goes into receipts and onto `/api/log/policy`."""
    return policy().text


def write_once(path: Path, text: str, *, mode: int) -> None:
    """Put `text` into a file that is not there yet; the first of two writers wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o755 if mode & 0o044 else 0o700)
    spare = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(spare, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            _link(spare, path)
    finally:
        spare.unlink()
    sync_folder(path.parent)


def _link(spare: Path, path: Path) -> None:
    try:
        path.hardlink_to(spare)
    except FileExistsError:
        return
