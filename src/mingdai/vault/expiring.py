"""Erase what has come to its end: fields, filed blobs, link tokens past their years.

PIPL Art. 19: the shortest retention.  The rows stay as stubs that say when, without a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from mingdai.vault.models import FiledBlob, KeyedIndex, LinkToken, SealedField
from mingdai.vault.scrubbing import scrub


@dataclass(frozen=True, slots=True)
class Expired:
    """How many fields, link tokens and filed blobs one sweep erased."""

    fields: int
    links: int
    blobs: int = 0


@transaction.atomic
def expire(*, at: datetime) -> Expired:
    """Erase every field and blob with `expires_at <= at`, every link token with `until <= at`."""
    fields = SealedField.objects.filter(expires_at__lte=at, erased_at=None).update(
        sealed=None, preview="", erased_at=at
    )
    kept = SealedField.objects.filter(
        borrower=OuterRef("borrower"), code=OuterRef("code"), erased_at=None
    )
    if fields:
        KeyedIndex.objects.filter(~Exists(kept)).delete()
    links, _ = LinkToken.objects.filter(until__lte=at).delete()
    blobs = FiledBlob.objects.filter(expires_at__lte=at, erased_at=None).update(
        sealed=None, erased_at=at
    )
    if fields or links or blobs:
        transaction.on_commit(scrub)
    return Expired(fields=fields, links=links, blobs=blobs)
