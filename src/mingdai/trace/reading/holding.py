"""Hold what had to be rewritten in memory, under a path that DuckDB can read.

On Linux the bytes live in an anonymous file of memory (`memfd_create(2)`), which has no name in any
folder and is gone with the process, killed or not.  Elsewhere the file lies in the system's folder
for temporary files, already unlinked: gone with the process too, but written to disk, so that
folder must then be on an encrypted volume.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def held(chunks: Iterable[bytes]) -> Iterator[Path]:
    """A path at which the chunks can be read, by this process and until the block ends."""
    with _nameless() as file:
        file.writelines(chunks)
        file.flush()
        yield Path(f"/dev/fd/{file.fileno()}")


def _nameless() -> BinaryIO:
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("found-list"), "w+b")
    return tempfile.TemporaryFile()  # pragma: no cover - not on Linux
