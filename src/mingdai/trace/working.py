"""A folder for what does not fit into memory, gone at the end, also of a killed run.

Without one, everything is in memory and ends with the process.  With one, the database spills into
it: in clear only where the folder is memory itself (tmpfs), else encrypted with a key that exists
only in its process.  So what a killed process leaves is gone with the machine's power or can be
read by nobody; the next run that works in the same place removes it.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mingdai.errors import Invalid

PREFIX = "mingdai-trace-"
_LOCK = "in-use"
_MOUNTS = Path("/proc/mounts")


@contextmanager
def working_folder(where: Path | None) -> Iterator[Path | None]:
    """A fresh folder in `where`; none for none.  Raises `Invalid` where `where` is no folder."""
    if where is None:
        yield None
        return
    if not where.is_dir():
        raise Invalid(code="working.missing", reason="there is no such folder", field="working")
    remove_left(where)
    with tempfile.TemporaryDirectory(dir=where, prefix=PREFIX) as name:
        folder = Path(name)
        with (folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder


def in_memory(folder: Path) -> bool:
    """Whether `folder` lies in memory, by the system's mounts; false where there is no table."""
    if not _MOUNTS.exists():
        return False
    mounts = [line.split() for line in _MOUNTS.read_text().splitlines()]
    here = folder.resolve()
    holding = [each for each in mounts if here.is_relative_to(each[1])]
    return max(holding, key=lambda each: len(each[1]))[2] in ("tmpfs", "ramfs")


def remove_left(place: Path) -> int:
    """Remove what killed runs left in `place`; how many folders that was."""
    removed = 0
    for folder in place.glob(f"{PREFIX}*"):
        try:
            with (folder / _LOCK).open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
                removed += 1
        except OSError:  # in use, just made, or another's: not ours to remove
            continue
    return removed
