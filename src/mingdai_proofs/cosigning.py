"""Cosignatures: what a witness signs, and when.  Source: C2SP tlog-cosignature (1.1).

Type 04 is Ed25519 over header, time and the whole note text.  Type 06 is ML-DSA-44 (FIPS 204) over
a binary statement that also names the witness and covers no extension lines.  Both signatures
begin with the time as 8 bytes, big-endian.
"""

from __future__ import annotations

import struct

from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.flaws import refuse

TIME = struct.Struct(">Q")
_SUBTREE_LABEL = b"subtree/v1\n\x00"


def ed25519_statement(text: str, at_s: int) -> bytes:
    """The message of a type 04 cosignature made at `at_s` (POSIX seconds)."""
    return f"cosignature/v1\ntime {at_s}\n{text}".encode()


def mldsa_statement(name: str, text: str, at_s: int) -> bytes:
    """The message of a type 06 cosignature by the witness `name`; raises Flawed for other text."""
    head = Checkpoint.parse(text)
    return b"".join(
        (
            _SUBTREE_LABEL,
            _short(name),
            TIME.pack(at_s),
            _short(head.origin),
            TIME.pack(0),
            TIME.pack(head.size),
            head.root,
        )
    )


def _short(text: str) -> bytes:
    data = text.encode()
    if not 1 <= len(data) <= 255:
        refuse("cosignature.name", "a name or origin has 1 to 255 bytes")
    return bytes([len(data)]) + data
