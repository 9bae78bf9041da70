"""Checkpoints: a log's size and root as three lines of text.  Source: C2SP tlog-checkpoint.

A checkpoint is signed as a note (`notes`); what is parsed here is the text that was signed, and
proves nothing by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingdai_proofs.encodings import decode_hash, encode_base64, parse_decimal
from mingdai_proofs.flaws import refuse

_CODE = "checkpoint.malformed"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: the log's `origin`, its `size` in entries, the 32-byte `root`.

    `extensions` are further lines the log signed; this project writes none.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The note text, as it is signed."""
        lines = (self.origin, str(self.size), encode_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a note text; raises Flawed for anything but the canonical form."""
        if not text.endswith("\n"):
            refuse(_CODE, "a checkpoint ends with a newline")
        lines = text[:-1].split("\n")
        if len(lines) < 3 or not all(lines):
            refuse(_CODE, "a checkpoint has an origin, a size and a root, and no empty line")
        size = parse_decimal(lines[1], _CODE)
        return cls(lines[0], size, decode_hash(lines[2], _CODE), tuple(lines[3:]))
