from __future__ import annotations

from datetime import timedelta

from mingdai.vault.keeping import mobile_index
from mingdai.vault.linking import find_linked, link_token
from mingdai.vault.models import LinkToken
from tests.conftest import NOON


def test_a_token_is_the_number_s_under_a_key_of_its_own():
    index = mobile_index("19900000001")

    assert link_token(index) == link_token(memoryview(index))
    assert link_token(index) not in (index, link_token(mobile_index("19900000002")))


def test_only_the_holder_of_the_number_is_linked_and_only_until_the_end(borrower):
    index = mobile_index("19900000001")
    LinkToken.objects.create(borrower=borrower, token=link_token(index), until=NOON)

    assert find_linked(index, at=NOON - timedelta(seconds=1)) == [borrower.pk]
    assert find_linked(index, at=NOON) == []
    assert find_linked(mobile_index("19900000002"), at=NOON - timedelta(days=1)) == []
