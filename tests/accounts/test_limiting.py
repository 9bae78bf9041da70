from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from mingdai.accounts.limiting import (
    Limit,
    alone,
    locked,
    reached,
    record_failure,
    record_success,
)
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TWICE = Limit("door", 2, timedelta(minutes=1))
ME, YOU = bytes(32), bytes(31) + b"\x01"


def code_of(reason):
    return reason.code if reason else ""


def test_a_limit_is_reached_by_its_last_allowed_try_and_ends_with_the_window():
    for _ in range(2):
        assert reached(TWICE, ME, at=NOON) is None
        record_success("door", ME, at=NOON)

    assert code_of(reached(TWICE, ME, at=NOON)) == "login.too_often"
    assert code_of(reached(TWICE, ME, at=NOON + timedelta(seconds=59))) == "login.too_often"
    assert reached(TWICE, ME, at=NOON + timedelta(seconds=60)) is None


def test_limits_count_by_subject_and_by_act():
    for _ in range(2):
        record_failure("door", ME, at=NOON)

    assert locked(TWICE, ME, at=NOON)
    assert locked(TWICE, YOU, at=NOON) is None
    assert locked(Limit("window", 2, timedelta(minutes=1)), ME, at=NOON) is None


def test_a_success_clears_the_failures_before_it():
    record_failure("door", ME, at=NOON)
    record_success("door", ME, at=NOON)
    record_failure("door", ME, at=NOON)

    assert locked(TWICE, ME, at=NOON) is None

    record_failure("door", ME, at=NOON)
    assert code_of(locked(TWICE, ME, at=NOON)) == "login.locked"


def test_a_lock_ends_with_the_window():
    for _ in range(2):
        record_failure("door", ME, at=NOON)

    assert locked(TWICE, ME, at=NOON + timedelta(minutes=1)) is None


def test_being_alone_twice_in_one_transaction_does_not_block():
    with transaction.atomic():
        alone(b"\xff" * 32)
        alone(b"\xff" * 32)
        record_success("door", ME, at=NOON)

    assert reached(Limit("door", 1, timedelta(minutes=1)), ME, at=NOON)
