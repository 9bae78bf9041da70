from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.errors import Refused
from mingdai.vault.expiring import Expired, expire
from mingdai.vault.keeping import (
    FIELD_DAYS,
    REPLACED_DAYS,
    find_by_index,
    keep,
    mobile_index,
    previews,
)
from mingdai.vault.models import LinkToken, SealedField
from mingdai.vault.opening import open_fields
from tests.conftest import NOON

END = NOON + timedelta(days=FIELD_DAYS)


def test_a_field_is_unreadable_after_its_time_and_its_stub_stays(borrower):
    keep(borrower, "mobile", "19900000001", at=NOON)

    swept = expire(at=END)

    assert swept == Expired(fields=1, links=0)
    stub = SealedField.objects.get()
    assert (stub.sealed, stub.preview, stub.erased_at) == (None, "", END)
    assert previews(borrower) == {}
    assert find_by_index("mobile", mobile_index("19900000001")) == []
    with pytest.raises(Refused, match=r"vault\.missing_field"):
        open_fields(borrower.pk, ["mobile"], at=NOON)


def test_a_second_before_its_time_nothing_is_erased(borrower):
    keep(borrower, "mobile", "19900000001", at=NOON)

    assert expire(at=END - timedelta(seconds=1)) == Expired(fields=0, links=0)
    assert previews(borrower)


def test_a_replaced_version_goes_first_and_the_new_one_stays_found(borrower):
    keep(borrower, "mobile", "19900000001", at=NOON)
    keep(borrower, "mobile", "19900000002", at=NOON)

    assert expire(at=NOON + timedelta(days=REPLACED_DAYS)).fields == 1

    assert find_by_index("mobile", mobile_index("19900000002")) == [borrower.pk]
    assert open_fields(borrower.pk, ["mobile"], at=NOON)["mobile"] == "19900000002"


def test_a_link_token_goes_at_its_end(borrower):
    LinkToken.objects.create(borrower=borrower, token=bytes(32), until=NOON)

    assert expire(at=NOON - timedelta(seconds=1)).links == 0
    assert expire(at=NOON).links == 1
    assert not LinkToken.objects.exists()
