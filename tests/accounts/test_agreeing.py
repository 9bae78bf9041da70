from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.accounts.agreeing import accept, missing
from mingdai.accounts.registering import find_or_register
from mingdai.errors import Refused
from tests.accounts.people import NUMBER
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_version_is_accepted_once_and_the_first_time_stays():
    borrower = find_or_register(NUMBER, at=NOON)
    first = accept(borrower, document="privacy", version="1", text_hash="ab", at=NOON)

    again = accept(
        borrower, document="privacy", version="1", text_hash="ab", at=NOON + timedelta(days=1)
    )

    assert again == first
    assert again.accepted_at == NOON


def test_a_changed_text_under_an_old_version_is_refused():
    borrower = find_or_register(NUMBER, at=NOON)
    accept(borrower, document="privacy", version="1", text_hash="ab", at=NOON)

    with pytest.raises(Refused, match=r"agreement\.changed"):
        accept(borrower, document="privacy", version="1", text_hash="cd", at=NOON)


def test_a_new_version_is_missing_until_it_is_accepted():
    borrower = find_or_register(NUMBER, at=NOON)
    accept(borrower, document="privacy", version="1", text_hash="ab", at=NOON)

    assert missing(borrower, {"privacy": "1", "terms": "1"}) == ["terms"]
    assert missing(borrower, {"privacy": "2"}) == ["privacy"]
