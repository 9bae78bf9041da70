"""Rotate the key-encryption key: a new era, then every wrapped key under it, batch by batch.

A run that was broken off goes on where it stopped.  The old KEK stays until `retire` destroys it,
because it opens older copies of the database, and because a writer may still hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from mingdai.errors import Refused
from mingdai.vault.models import SubjectKey
from mingdai.vault.scrubbing import scrub
from mingdai.vault.storing import hold
from mingdai.vault.wrapping import (
    PLATFORM_KEYS,
    KeyProvider,
    platform_kek,
    platform_path,
    provider,
    rewrap_platform_keys,
)

SETTLE_S = 600
"""Seconds after the era's beginning before an old KEK may be destroyed."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """One run: the current KEK's id, how many keys of borrowers and of the platform it wrapped."""

    kek_id: str
    data_keys: int
    platform_keys: int


def rotate(*, batch: int = 500) -> Rotated:
    """Begin a new era, unless one is still being finished, and wrap everything under it.

    Each batch commits by itself.  Raises Refused `vault.kek_in_environment` where only the
    operator can begin an era, Unavailable `vault.busy` while another run is at work.
    """
    with hold(settings.MINGDAI_KEYS / "rotate.lock"):
        return _rotate(provider(), batch)


def _rotate(keys: KeyProvider, batch: int) -> Rotated:
    kek_id = keys.current_id()
    if not _in_use() - {kek_id}:
        kek_id = keys.begin_era()
    data_keys = 0
    while count := _rewrap(keys, kek_id, batch):
        data_keys += count
    platform_keys = rewrap_platform_keys()
    scrub()
    return Rotated(kek_id=kek_id, data_keys=data_keys, platform_keys=platform_keys)


def retire(*, at: datetime) -> list[str]:
    """Destroy every old KEK that nothing uses; their ids.

    Raises Refused `vault.kek_in_use` while a key is still wrapped by one, `vault.era_too_young`
    while a writer of the old era may not have committed yet.
    """
    keys = provider()
    old = keys.old_ids()
    if not old:
        return []
    if at.timestamp() - keys.era_began_s() < SETTLE_S:
        raise Refused(
            code="vault.era_too_young",
            reason=f"the current key's era began less than {SETTLE_S} s ago",
            remedy="wait, then retire again",
        )
    if _in_use() & set(old):
        raise Refused(
            code="vault.kek_in_use",
            reason="keys are still wrapped by an old key-encryption key",
            remedy="run mingdai vault rotate to its end first",
        )
    for kek_id in old:
        keys.retire(kek_id)
    return old


def _in_use() -> set[str]:
    """The ids of the KEKs that wrap something."""
    live = SubjectKey.objects.filter(wrapped__isnull=False)
    paths = [path for path in map(platform_path, PLATFORM_KEYS) if path.exists()]
    return {*live.values_list("kek_id", flat=True).distinct(), *map(platform_kek, paths)}


@transaction.atomic
def _rewrap(keys: KeyProvider, kek_id: str, batch: int) -> int:
    """Wrap up to `batch` data keys of older eras under `kek_id`; how many."""
    old = SubjectKey.objects.filter(wrapped__isnull=False).exclude(kek_id=kek_id)
    rows = list(old.select_for_update().order_by("pk")[:batch])
    for row in rows:
        plain = keys.unwrap(bytes(row.wrapped or b""), kek_id=row.kek_id)
        row.wrapped = keys.wrap(plain, kek_id=kek_id)
        row.kek_id = kek_id
    SubjectKey.objects.bulk_update(rows, ["wrapped", "kek_id"])
    return len(rows)
