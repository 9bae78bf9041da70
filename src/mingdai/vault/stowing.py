"""Stow a file that belongs to a task and to no borrower: sealed in pieces as it arrives.

AES-256-GCM over pieces of 1 MiB; each piece is bound to the file's label, its place and whether it
is the last, so pieces cannot be moved, left out or cut off.  The key is drawn from a key of the
platform and a random salt that the caller keeps: without the salt the file opens no more.
Not promised: that its length is hidden.  Source: STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mingdai.errors import Tampered
from mingdai.vault.storing import sync_folder
from mingdai.vault.wrapping import platform_key

PIECE = 1 << 20
SALT_BYTES = 32
_FORMAT = b"mingdai-stowed-file/1\x00"
_TAG_BYTES = 16


def fresh_salt() -> bytes:
    """The salt of one file; forgetting it destroys what was stowed with it."""
    return secrets.token_bytes(SALT_BYTES)


class Stower:
    """Seals what is written into `path` (0600); the file stands only once `close` was called."""

    def __init__(self, path: Path, *, salt: bytes, label: str) -> None:
        """`label` says whose it is; its folder is made where it is missing (0700)."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = path
        self._temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        handle = os.open(self._temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        self._file = os.fdopen(handle, "wb")
        self._cipher, self._label = _cipher(salt), label.encode()
        self._held = bytearray()
        self._place = 0

    def write(self, data: bytes) -> None:
        """Take more; a full piece is sealed at once, and the last one waits for `close`."""
        self._held += data
        while len(self._held) > PIECE:
            self._seal(bytes(self._held[:PIECE]), is_last=b"\x00")
            del self._held[:PIECE]

    def close(self) -> None:
        """Seal the last piece and put the file, durable, where it belongs."""
        self._seal(bytes(self._held), is_last=b"\x01")
        self._held.clear()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._temporary.replace(self._path)
        sync_folder(self._path.parent)

    def give_up(self) -> None:
        """Leave nothing behind; after `close` this does nothing."""
        self._held.clear()
        self._file.close()
        self._temporary.unlink(missing_ok=True)

    def __enter__(self) -> Stower:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it, or give it up where something went wrong."""
        if kind is None:
            self.close()
        else:
            self.give_up()

    def _seal(self, piece: bytes, *, is_last: bytes) -> None:
        nonce = _nonce(self._place)
        self._file.write(self._cipher.encrypt(nonce, piece, _bound(self._label, is_last)))
        self._place += 1


def stow(chunks: Iterable[bytes], path: Path, *, salt: bytes, label: str) -> None:
    """Seal all of `chunks` into `path`, in place of what stood there."""
    with Stower(path, salt=salt, label=label) as stower:
        for chunk in chunks:
            stower.write(chunk)


def unstow(path: Path, *, salt: bytes, label: str) -> Iterator[bytes]:
    """The pieces in order; raises Tampered `vault.stowed` for anything but what was stowed."""
    cipher, bound = _cipher(salt), label.encode()
    try:
        with path.open("rb") as file:
            place, piece = 0, file.read(PIECE + _TAG_BYTES)
            while True:
                following = file.read(PIECE + _TAG_BYTES)
                is_last = b"\x00" if following else b"\x01"
                yield cipher.decrypt(_nonce(place), piece, _bound(bound, is_last))
                if not following:
                    return
                place, piece = place + 1, following
    except (InvalidTag, ValueError) as error:
        raise Tampered(
            code="vault.stowed", reason="a stowed file is not what was stowed"
        ) from error


def _cipher(salt: bytes) -> AESGCM:
    if len(salt) != SALT_BYTES:
        raise Tampered(code="vault.stowed", reason="a stowed file's salt is gone")
    kdf = HKDF(algorithm=SHA256(), length=32, salt=salt, info=_FORMAT)
    return AESGCM(kdf.derive(platform_key("guard")))


def _nonce(place: int) -> bytes:
    """Never repeated under one key: a file has its own salt and a place is used once."""
    return place.to_bytes(12, "big")


def _bound(label: bytes, is_last: bytes) -> bytes:
    return _FORMAT + is_last + label
