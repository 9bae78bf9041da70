"""Key-encryption keys (KEKs), and what they wrap: data keys and the platform's own keys.

Only this room imports this file; no key leaves the room.  A KEK wraps 32-byte keys with AES-KW
(RFC 3394).  By default a KEK is a file `kek-<id>.key` (0600) in `MINGDAI_KEYS`, made at the first
start; `MINGDAI_KEK` holds it in the environment instead (base64 of 32 bytes, the current one first,
older ones after commas); `MINGDAI_KEK_PROVIDER` names a `KeyProvider` class for a key service.
Not promised: that a copy of the database made before a rotation is safe from whoever also holds
the KEK of its era; `retire` destroys that KEK once nothing uses it.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)
from django.conf import settings
from django.utils.module_loading import import_string

from mingdai.errors import Refused, Tampered, Unavailable
from mingdai.vault.models import SubjectKey
from mingdai.vault.storing import replace_file, sync_folder, write_once

KEY_BYTES = 32
PLATFORM_KEYS = ("index", "link", "guard", "mark")
"""Keys of the platform: of keyed indexes, of link tokens, of its own secrets, of marks."""


class KeyProvider(Protocol):
    """What a key service must answer; ids are at most 32 ASCII characters."""

    def current_id(self) -> str:
        """The id of the KEK that wraps from now on."""
        ...

    def wrap(self, key: bytes, *, kek_id: str) -> bytes:
        """`key` wrapped under the KEK `kek_id`."""
        ...

    def unwrap(self, wrapped: bytes, *, kek_id: str) -> bytes:
        """The wrapped key; raises Tampered or, where the KEK is gone, Unavailable."""
        ...

    def begin_era(self) -> str:
        """Make a new KEK the current one and say its id; the old one still unwraps."""
        ...

    def era_began_s(self) -> float:
        """When the current KEK became current, POSIX seconds; 0.0 where it cannot be told."""
        ...

    def retire(self, kek_id: str) -> None:
        """Destroy an old KEK.  What it still wraps is lost."""
        ...

    def old_ids(self) -> list[str]:
        """The ids of KEKs that exist and are not current."""
        ...


class FileKeys:
    """KEKs as files in a folder; `kek.current` names the current one."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first key is."""
        self._folder = folder
        self._pointer = folder / "kek.current"

    def current_id(self) -> str:
        """The current KEK's id; the first call of all makes the first KEK."""
        if not self._pointer.exists():
            kek_id = self._make()
            if not write_once(self._pointer, kek_id.encode()):
                self._path(kek_id).unlink()
        return self._pointer.read_text(encoding="ascii").strip()

    def wrap(self, key: bytes, *, kek_id: str) -> bytes:
        """AES-KW under the file's key."""
        return aes_key_wrap(_read_key(self._path(kek_id)), key)

    def unwrap(self, wrapped: bytes, *, kek_id: str) -> bytes:
        """AES-KW under the file's key."""
        return _unwrap(_read_key(self._path(kek_id)), wrapped)

    def begin_era(self) -> str:
        """Write a new KEK, then point to it."""
        self.current_id()
        kek_id = self._make()
        replace_file(self._pointer, kek_id.encode())
        return kek_id

    def era_began_s(self) -> float:
        """The pointer's last change."""
        return self._pointer.stat().st_mtime

    def retire(self, kek_id: str) -> None:
        """Unlink the file; running processes forget the key when they end."""
        self._path(kek_id).unlink()
        sync_folder(self._folder)
        _read_key.cache_clear()

    def old_ids(self) -> list[str]:
        """Every `kek-<id>.key` but the current one."""
        found = (path.stem.removeprefix("kek-") for path in self._folder.glob("kek-*.key"))
        return sorted(each for each in found if each != self.current_id())

    def _make(self) -> str:
        kek_id = secrets.token_hex(4)
        write_once(self._path(kek_id), base64.b64encode(secrets.token_bytes(KEY_BYTES)))
        return kek_id

    def _path(self, kek_id: str) -> Path:
        if not kek_id.isalnum():
            raise Tampered(code="vault.kek_id", reason="a key's id is not one of ours")
        return self._folder / f"kek-{kek_id}.key"


class EnvironmentKeys:
    """KEKs from `MINGDAI_KEK`; rotation begins by putting a new one in front."""

    def __init__(self, text: str) -> None:
        """`text` is base64 keys with commas between; the first is current."""
        keys = [_decoded(part) for part in text.split(",")]
        self._keys = {f"env{sha256(b'mingdai-kek/1' + key).hexdigest()[:8]}": key for key in keys}

    def current_id(self) -> str:
        """The first key's id, drawn from a hash of it."""
        return next(iter(self._keys))

    def wrap(self, key: bytes, *, kek_id: str) -> bytes:
        """AES-KW under the named key."""
        return aes_key_wrap(self._key(kek_id), key)

    def unwrap(self, wrapped: bytes, *, kek_id: str) -> bytes:
        """AES-KW under the named key."""
        return _unwrap(self._key(kek_id), wrapped)

    def begin_era(self) -> str:
        """Refuse: only the operator can change the environment."""
        raise Refused(
            code="vault.kek_in_environment",
            reason="the environment holds the key-encryption key",
            remedy="put a new key in front in MINGDAI_KEK, restart, and rotate again",
        )

    def era_began_s(self) -> float:
        """Not known."""
        return 0.0

    def retire(self, kek_id: str) -> None:
        """Refuse: only the operator can change the environment."""
        raise Refused(
            code="vault.kek_in_environment",
            reason=f"the environment holds key {kek_id}",
            remedy="take the old key out of MINGDAI_KEK and destroy its copies",
        )

    def old_ids(self) -> list[str]:
        """All but the first."""
        return list(self._keys)[1:]

    def _key(self, kek_id: str) -> bytes:
        key = self._keys.get(kek_id)
        if key is None:
            raise _missing(kek_id)
        return key


def provider() -> KeyProvider:
    """The key provider that the environment chooses; files by default."""
    text = os.environ.get("MINGDAI_KEK", "")
    if text:
        return EnvironmentKeys(text)
    path = os.environ.get("MINGDAI_KEK_PROVIDER", "")
    made: KeyProvider = import_string(path)() if path else FileKeys(settings.MINGDAI_KEYS)
    return made


def unlock(borrower_id: UUID) -> bytes:
    """The borrower's data key in clear.

    Raises Refused `vault.no_subject` where nothing was ever kept, `vault.erased` after erasure.
    """
    row = SubjectKey.objects.filter(pk=borrower_id).values_list("wrapped", "kek_id").first()
    if row is None:
        raise Refused(code="vault.no_subject", reason=f"nothing is kept of borrower {borrower_id}")
    return unwrap_for(borrower_id, row[0], kek_id=row[1])


def unwrap_for(borrower_id: UUID, wrapped: bytes | memoryview | None, *, kek_id: str) -> bytes:
    """The data key out of its row's columns; raises Refused `vault.erased` where it is gone."""
    if wrapped is None:
        raise Refused(code="vault.erased", reason=f"borrower {borrower_id} was erased")
    return provider().unwrap(bytes(wrapped), kek_id=kek_id)


def platform_key(name: str) -> bytes:
    """The platform's own key `name` of `PLATFORM_KEYS`, made and wrapped at the first need."""
    if name not in PLATFORM_KEYS:
        raise ValueError("not a platform key")
    return _platform_key(settings.MINGDAI_KEYS / f"{name}.wrapped")


def rewrap_platform_keys() -> int:
    """Wrap every platform key under the current KEK; how many had another."""
    keys = provider()
    current, changed = keys.current_id(), 0
    for path in map(platform_path, PLATFORM_KEYS):
        if path.exists() and platform_kek(path) != current:
            key = _read_platform_key(path)
            replace_file(path, _wrapped_line(key, current))
            changed += 1
    return changed


def platform_path(name: str) -> Path:
    """Where the wrapped platform key `name` stands."""
    folder: Path = settings.MINGDAI_KEYS
    return folder / f"{name}.wrapped"


def platform_kek(path: Path) -> str:
    """The id of the KEK that wraps the platform key in `path`."""
    return path.read_text(encoding="ascii").partition(":")[0]


@lru_cache(maxsize=64)
def _platform_key(path: Path) -> bytes:
    if not path.exists():
        fresh = secrets.token_bytes(KEY_BYTES)
        write_once(path, _wrapped_line(fresh, provider().current_id()))
    return _read_platform_key(path)


def _read_platform_key(path: Path) -> bytes:
    kek_id, _, text = path.read_text(encoding="ascii").strip().partition(":")
    return provider().unwrap(base64.b64decode(text), kek_id=kek_id)


def _wrapped_line(key: bytes, kek_id: str) -> bytes:
    wrapped = provider().wrap(key, kek_id=kek_id)
    return kek_id.encode() + b":" + base64.b64encode(wrapped) + b"\n"


@lru_cache(maxsize=64)
def _read_key(path: Path) -> bytes:
    """A KEK from its file, which nobody else may read.  A file under one id never changes."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError as error:
        raise _missing(path.stem) from error
    if mode & 0o077:
        raise Refused(
            code="vault.key_readable",
            reason=f"others may read {path.name}",
            remedy=f"chmod 600 {path.name}",
        )
    return _decoded(text)


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise Unavailable(
            code="vault.kek_malformed",
            reason="a key-encryption key is not base64 of 32 bytes",
            remedy="restore the key from its copy",
        )
    return key


def _unwrap(kek: bytes, wrapped: bytes) -> bytes:
    try:
        return aes_key_unwrap(kek, wrapped)
    except InvalidUnwrap as error:
        raise Tampered(code="vault.key_unwrap", reason="a wrapped key does not unwrap") from error


def _missing(name: str) -> Unavailable:
    return Unavailable(
        code="vault.kek_missing",
        reason=f"key-encryption key {name} is not here",
        remedy="restore it from its copy; docs/operating.md, keys",
    )
