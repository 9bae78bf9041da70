import uuid
from datetime import timedelta

import pytest

from mingdai.errors import Refused
from mingdai.gate.delivering import deliver_due
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Disclosure, Envelope
from mingdai.gate.resuming import dead_letters, resume, retry
from tests.conftest import NOON
from tests.gate.world import SECOND, handover_of, publish

LATER = NOON + SECOND


@pytest.fixture
def queued(given) -> Disclosure:
    row = disclose_to_partner(handover_of(given), at=LATER)
    publish()
    return row


def test_what_was_in_flight_is_due_at_once(queued):
    Disclosure.objects.update(attempts=1, next_attempt_at=LATER + timedelta(minutes=5))

    assert resume(at=LATER) == 1
    assert deliver_due(at=LATER) == 1
    assert resume(at=LATER) == 0


def test_what_was_never_tried_is_left_alone(queued):
    Disclosure.objects.update(next_attempt_at=LATER + timedelta(minutes=5))

    assert resume(at=LATER) == 0


def test_a_dead_letter_is_listed_queued_again_and_delivered(queued):
    Disclosure.objects.update(state="dead", next_attempt_at=None, attempts=8)

    assert [each.pk for each in dead_letters()] == [queued.pk]
    assert retry(queued.pk, at=LATER).attempts == 0
    assert deliver_due(at=LATER) == 1
    assert Disclosure.objects.get().state == "countersigned"
    assert dead_letters() == []


def test_what_is_no_dead_letter_is_not_queued(queued):
    for wrong in (queued.pk, uuid.uuid4()):
        with pytest.raises(Refused, match=r"dead_letter\.none"):
            retry(wrong, at=LATER)


def test_a_dead_letter_whose_bytes_are_gone_stays_dead(queued):
    Disclosure.objects.update(state="dead")
    Envelope.objects.update(sealed=None)

    with pytest.raises(Refused, match=r"dead_letter\.none"):
        retry(queued.pk, at=LATER)
