from __future__ import annotations

import pytest

from mingdai.accounts.models import Borrower
from mingdai.accounts.registering import find_or_register
from tests.accounts.people import NUMBER, OTHER_NUMBER
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_number_is_registered_once():
    first = find_or_register(NUMBER, at=NOON, locale="en")

    assert find_or_register(memoryview(NUMBER), at=NOON) == first
    assert find_or_register(OTHER_NUMBER, at=NOON) != first
    assert (first.locale, first.created_at) == ("en", NOON)


def test_whoever_was_erased_registers_as_somebody_new():
    first = find_or_register(NUMBER, at=NOON)
    Borrower.objects.update(mobile_index=None, erased_at=NOON)

    assert find_or_register(NUMBER, at=NOON) != first
