from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from mingdai.errors import Refused, Tampered
from mingdai.vault.filing import Filing, file_blobs
from mingdai.vault.keeping import keep
from mingdai.vault.models import FiledBlob
from mingdai.vault.unfiling import open_blob
from tests.conftest import NOON

END = NOON + timedelta(days=30)


@pytest.fixture
def person(borrower):
    keep(borrower, "mobile", "19900000001", at=NOON)
    return borrower


def filed(borrower, data: bytes) -> FiledBlob:
    [row] = file_blobs([Filing(borrower.pk, "letter", data, END)], at=NOON)
    return row


def test_a_blob_opens_byte_for_byte(person):
    assert open_blob(filed(person, bytes(range(256))).pk) == bytes(range(256))


def test_a_blob_moved_to_another_row_or_label_does_not_open(person):
    one, two = filed(person, b"one"), filed(person, b"two")
    FiledBlob.objects.filter(pk=one.pk).update(sealed=two.sealed)
    FiledBlob.objects.filter(pk=two.pk).update(label="header")

    for row in (one, two):
        with pytest.raises(Tampered, match=r"vault\.blob"):
            open_blob(row.pk)


def test_an_unknown_blob_is_gone(db):
    with pytest.raises(Refused, match=r"vault\.blob_gone"):
        open_blob(uuid.uuid4())
