from datetime import timedelta

import pytest
from django.db import transaction

from mingdai.ledger.leasing import LEASE, take_lease
from mingdai.ledger.models import SequencerLease
from tests.ledger.world import NOON

pytestmark = pytest.mark.django_db


def take(holder, at):
    with transaction.atomic():
        return take_lease(holder=holder, at=at)


def test_one_holder_keeps_the_lease_from_another_until_it_runs_out():
    assert take("a", NOON)
    assert not take("b", NOON + LEASE - timedelta(seconds=1))
    assert take("b", NOON + LEASE)
    assert not take("a", NOON + LEASE)


def test_a_holder_renews_its_own_lease():
    take("a", NOON)

    assert take("a", NOON + LEASE / 2)
    assert not take("b", NOON + LEASE)
    assert SequencerLease.objects.get().until == NOON + LEASE * 3 / 2


def test_a_holder_with_a_long_name_is_still_told_apart_by_its_end():
    long = "host." * 20

    assert take(f"{long}:1", NOON)
    assert not take(f"{long}:2", NOON)
    assert take(f"{long}:1", NOON)
