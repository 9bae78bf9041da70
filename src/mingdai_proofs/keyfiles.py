"""A cosigner's private keys on disk: one file of mode 0600, written once.

The file holds one private key per line in the signed-note form.  Whoever reads it can cosign as
this witness; it is never printed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from mingdai_proofs.flaws import refuse
from mingdai_proofs.notes import KeyKind, Signer

COSIGNER_KINDS = (KeyKind.ED25519_COSIGNATURE, KeyKind.MLDSA44_COSIGNATURE)


def load_or_create_cosigner(
    path: Path, name: str, random_bytes: Callable[[int], bytes]
) -> tuple[Signer, ...]:
    """The Ed25519 and the ML-DSA-44 cosigner called `name`, made on first use.

    Raises Flawed when the file is another cosigner's or was damaged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        made = [Signer.from_seed(name, kind, random_bytes(32)) for kind in COSIGNER_KINDS]
        _write_secret(path, "".join(f"{each.skey}\n" for each in made))
    signers = tuple(Signer.parse(line) for line in path.read_text().splitlines())
    if [each.verifier.kind for each in signers] != list(COSIGNER_KINDS):
        refuse("cosigner.keys", f"{path.name} does not hold an Ed25519 and an ML-DSA-44 key")
    if any(each.verifier.name != name for each in signers):
        refuse("cosigner.name", f"{path.name} holds the keys of another witness")
    return signers


def _write_secret(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
