"""Where sealed lists are, and how they end: the salt is forgotten, then the file goes.

A list is deleted on its stated day, with its case, or at once where nothing of it is ours.  Files
that no row names, left by a process that was killed, go too; without a salt they open no more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from mingdai.cases.models import FoundList
from mingdai.vault.scrubbing import scrub

CHINA = ZoneInfo("Asia/Shanghai")
SETTLED = timedelta(hours=1)
"""A file this old belongs to a row, or to nobody."""


def folder() -> Path:
    """Where sealed lists stand; 0700."""
    return Path(settings.MINGDAI_DATA) / "lists"


def path_of(stowed: str) -> Path:
    """The sealed file of this name."""
    return folder() / f"{stowed}.sealed"


def label_of(stowed: str) -> str:
    """What the sealed file is bound to."""
    return f"found-list:{stowed}"


def delete_list(row: FoundList, *, at: datetime) -> None:
    """Forget the salt, then unlink the file; doing it again keeps the first time."""
    stowed = row.stowed
    FoundList.objects.filter(pk=row.pk, deleted_at=None).update(
        salt=None, deleted_at=at, state=FoundList.State.DELETED
    )
    transaction.on_commit(scrub)
    transaction.on_commit(lambda: path_of(stowed).unlink(missing_ok=True))
    row.refresh_from_db()


def delete_due(*, at: datetime) -> int:
    """Delete every list whose day has come, and files of no row; how many."""
    today = at.astimezone(CHINA).date()
    due = list(FoundList.objects.filter(delete_on__lte=today, deleted_at=None))
    for each in due:
        delete_list(each, at=at)
    return len(due) + sweep_files(at=at)


def sweep_files(*, at: datetime) -> int:
    """Unlink files that no row names, once they are old enough to be nobody's; how many."""
    if not folder().is_dir():
        return 0
    named = set(FoundList.objects.filter(deleted_at=None).values_list("stowed", flat=True))
    gone = 0
    for path in folder().iterdir():
        if path.is_dir():
            continue
        age = at.timestamp() - path.stat().st_mtime
        if path.name.removesuffix(".sealed") not in named and age > SETTLED.total_seconds():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
