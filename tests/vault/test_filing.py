from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.errors import Refused
from mingdai.vault.erasing import erase
from mingdai.vault.expiring import expire
from mingdai.vault.filing import Filing, file_blobs, forget_blobs
from mingdai.vault.keeping import keep
from mingdai.vault.models import FiledBlob
from mingdai.vault.unfiling import open_blob
from tests.conftest import NOON

END = NOON + timedelta(days=30)
LETTER = b"Subject: \xd6\xd0\r\n\r\nplain words\r\n"


@pytest.fixture
def person(borrower):
    keep(borrower, "mobile", "19900000001", at=NOON)
    return borrower


def filed(borrower, data: bytes = LETTER, label: str = "letter") -> FiledBlob:
    [row] = file_blobs([Filing(borrower.pk, label, data, END)], at=NOON)
    return row


def test_a_blob_opens_as_it_was_filed_and_the_row_shows_nothing(person):
    row = filed(person)

    stored = FiledBlob.objects.get(pk=row.pk)
    assert open_blob(row.pk) == LETTER
    assert b"plain words" not in bytes(stored.sealed)
    assert stored.size == len(LETTER)
    assert str(stored) == f"filed blob {row.pk} (letter)"


def test_many_are_filed_in_their_order(person):
    rows = file_blobs([Filing(person.pk, "letter", bytes([i]), END) for i in range(5)], at=NOON)

    assert [open_blob(each.pk) for each in rows] == [bytes([i]) for i in range(5)]


def test_after_its_end_a_blob_is_gone_and_its_stub_stays(person):
    row = filed(person)

    assert expire(at=END - timedelta(seconds=1)).blobs == 0
    assert expire(at=END).blobs == 1
    assert FiledBlob.objects.get(pk=row.pk).erased_at == END
    with pytest.raises(Refused, match=r"vault\.blob_gone"):
        open_blob(row.pk)


def test_forgetting_is_at_once_and_counts_once(person):
    row = filed(person)

    assert forget_blobs([row.pk], at=NOON) == 1
    assert forget_blobs([row.pk], at=NOON) == 0
    with pytest.raises(Refused, match=r"vault\.blob_gone"):
        open_blob(row.pk)


def test_erasing_a_borrower_empties_every_blob(person):
    row = filed(person)

    erase(person, at=NOON)

    assert FiledBlob.objects.get(pk=row.pk).sealed is None
    with pytest.raises(Refused, match=r"vault\.erased"):
        filed(person)


def test_nothing_is_filed_for_a_borrower_without_a_key(borrower):
    with pytest.raises(Refused, match=r"vault\.no_subject"):
        filed(borrower)
