"""Erase a borrower: destroy the data key, the sealed fields and blobs, previews and indexes.

What stays is the record that something was disclosed (no value, no key) and, for the years that
网络数据安全管理条例 Art. 12 asks for, a keyed link token.  Commitments in the ledger open no more.
Not promised: an older copy of the database still holds the wrapped key; it is readable to whoever
also holds the KEK of that time, until `mingdai vault rotate --retire` destroys it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from mingdai.accounts.models import Borrower, LoginCode
from mingdai.vault.linking import link_token
from mingdai.vault.models import FiledBlob, KeyedIndex, LinkToken, SealedField, SubjectKey
from mingdai.vault.scrubbing import scrub

_YEAR = timedelta(days=366)


@transaction.atomic
def erase(borrower: Borrower, *, at: datetime) -> None:
    """Destroy what is kept of the borrower; doing it again changes nothing.

    The caller's `borrower` is brought up to date.  Where the caller's transaction is rolled back,
    nothing was erased.
    """
    row = Borrower.objects.select_for_update().get(pk=borrower.pk)
    if row.mobile_index is not None:
        LinkToken.objects.get_or_create(
            borrower=row,
            defaults={
                "token": link_token(bytes(row.mobile_index)),
                "until": at + settings.MINGDAI_LINK_YEARS * _YEAR,
            },
        )
        LoginCode.objects.filter(mobile_index=row.mobile_index).delete()
    SubjectKey.objects.get_or_create(borrower=row, defaults={"kek_id": "", "created_at": at})
    SubjectKey.objects.filter(borrower=row, destroyed_at=None).update(wrapped=None, destroyed_at=at)
    SealedField.objects.filter(borrower=row, erased_at=None).update(
        sealed=None, preview="", erased_at=at
    )
    FiledBlob.objects.filter(borrower=row, erased_at=None).update(sealed=None, erased_at=at)
    KeyedIndex.objects.filter(borrower=row).delete()
    Borrower.objects.filter(pk=row.pk, erased_at=None).update(mobile_index=None, erased_at=at)
    borrower.refresh_from_db()
    transaction.on_commit(scrub)
