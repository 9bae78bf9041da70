"""Write small secret files durably: mode 0600, all or nothing, never half-read."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mingdai.errors import Unavailable


def write_once(path: Path, data: bytes) -> bool:
    """Write `data` durably to `path` with mode 0600 unless it exists; whether it was written.

    Two processes at their first start never both win, and nobody reads a half-written file.
    """
    temporary = _temporary(path, data)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    sync_folder(path.parent)
    return True


def replace_file(path: Path, data: bytes) -> None:
    """Replace `path` durably and at once."""
    _temporary(path, data).replace(path)
    sync_folder(path.parent)


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; the lock ends with the process, whatever happens.

    Raises Unavailable `vault.busy` where another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Unavailable(
                code="vault.busy", reason=f"another process holds {path.name}", remedy="wait for it"
            ) from error
        yield
    finally:
        os.close(handle)


def _temporary(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return temporary


def sync_folder(folder: Path) -> None:
    """Make the folder's names durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
