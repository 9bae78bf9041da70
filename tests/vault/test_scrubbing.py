from __future__ import annotations

import pytest
from django.db import connection, transaction

from mingdai.vault.keeping import keep
from mingdai.vault.scrubbing import scrub
from tests.conftest import NOON
from tests.vault.people import make_borrower


@pytest.mark.django_db(transaction=True)
def test_scrubbing_changes_nothing_that_is_kept():
    row = keep(make_borrower("19900000001"), "name", "张三", at=NOON)

    scrub()

    row.refresh_from_db()
    assert row.sealed is not None
    assert not connection.in_atomic_block


def test_inside_a_transaction_it_waits_for_the_next_time(db):
    with transaction.atomic():
        scrub()

        assert not connection.needs_rollback
