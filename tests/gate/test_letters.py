from datetime import timedelta
from uuid import uuid4

import pytest

from mingdai.errors import Refused
from mingdai.gate.letters import open_at_the_door, read_own_letter
from mingdai.vault.filing import Filing, file_blobs, forget_blobs
from tests.conftest import NOON
from tests.gate.world import kinds


@pytest.fixture
def filed(borrower):
    filing = Filing(borrower.pk, "letter", b"words", NOON + timedelta(days=1))
    [row] = file_blobs([filing], at=NOON)
    return row


def test_a_borrower_reads_a_letter_and_it_is_one_entry_for_each_log_in(borrower, filed):
    letter = uuid4()

    def read(session_key):
        return read_own_letter(
            borrower.pk, letter_id=letter, blob_id=filed.pk, session_key=session_key, at=NOON
        )

    assert read("one") == read("one") == read("two") == b"words"
    assert kinds() == ["OWN_VIEW", "OWN_VIEW"]


def test_the_door_opens_what_it_keeps_without_an_entry(filed):
    assert open_at_the_door(filed.pk) == b"words"
    assert kinds() == []


def test_what_is_gone_opens_for_nobody(borrower, filed):
    forget_blobs([filed.pk], at=NOON)

    with pytest.raises(Refused, match=r"vault\.blob_gone"):
        open_at_the_door(filed.pk)
