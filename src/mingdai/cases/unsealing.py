"""Open a sealed list into memory, as a file that the list readers take; never onto a disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mingdai.cases.deleting import label_of, path_of
from mingdai.cases.models import FoundList
from mingdai.errors import Refused
from mingdai.trace.reading.holding import held
from mingdai.vault.stowing import unstow


@contextmanager
def unsealed(row: FoundList) -> Iterator[Path]:
    """The list in clear, in memory, until the block ends.

    Raises Refused `list.deleted`, Tampered `vault.stowed` for anything but what was received.
    """
    if row.salt is None:
        raise Refused(
            code="list.deleted",
            reason=f"found list {row.pk} was deleted",
            remedy="receive it anew, in an open case",
        )
    pieces = unstow(path_of(row.stowed), salt=bytes(row.salt), label=label_of(row.stowed))
    with held(pieces) as path:
        yield path
