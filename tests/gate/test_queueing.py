import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Disclosure, Envelope
from mingdai.gate.queueing import (
    FIRST_PAUSE_S,
    LEASE,
    LONGEST_PAUSE_S,
    back_off,
    cancel,
    claim,
    due_disclosures,
)
from tests.conftest import NOON
from tests.gate.world import SECOND, give_grant, handover_of, publish

LATER = NOON + SECOND


@pytest.fixture
def queued(given) -> Disclosure:
    row = disclose_to_partner(handover_of(given), at=LATER)
    publish()
    return row


@for_all(st.integers(0, 60), st.binary(min_size=4, max_size=4))
def test_a_pause_doubles_up_to_the_longest_and_half_of_it_is_random(attempts, noise):
    pause = back_off(attempts, rng=lambda _: noise).total_seconds()

    whole = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** max(0, attempts - 1))
    assert whole / 2 <= pause <= whole


def test_a_claimed_row_is_nobody_elses_until_its_lease_ends(queued):
    assert claim(queued.pk, at=LATER).attempts == 1

    assert claim(queued.pk, at=LATER) is None
    assert claim(queued.pk, at=LATER + LEASE).attempts == 2


def test_the_longest_due_comes_first(queued, borrower, lender):
    newer = disclose_to_partner(handover_of(give_grant(borrower, lender)), at=LATER + SECOND)

    assert due_disclosures(LATER, limit=9) == [queued.pk]
    assert due_disclosures(LATER + SECOND, limit=9) == [queued.pk, newer.pk]
    assert due_disclosures(LATER + SECOND, limit=1) == [queued.pk]


def test_what_is_cancelled_loses_its_sealed_bytes(queued):
    cancel(queued, problem="consent.withdrawn")

    assert Disclosure.objects.get().state == "cancelled"
    assert Envelope.objects.get().sealed is None
    assert due_disclosures(LATER, limit=9) == []
