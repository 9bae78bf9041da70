import pytest

from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Disclosure, Envelope
from mingdai.gate.recalling import withdraw_grant
from mingdai.gate.settling import settle_failed, settle_taken
from tests.conftest import NOON
from tests.gate.world import SECOND, handover_of, kinds

LATER = NOON + SECOND


@pytest.fixture
def queued(given) -> Disclosure:
    return disclose_to_partner(handover_of(given), at=LATER)


def test_what_arrived_although_it_was_cancelled_is_told_truly(queued, given):
    Disclosure.objects.update(attempts=1)
    withdraw_grant(given, at=LATER)

    settle_taken(queued, countersignature=b"signed", problem="", at=LATER)

    assert Disclosure.objects.get().state == "countersigned"
    assert kinds()[-1] == "COUNTERSIGNED"


def test_an_outcome_is_written_once(queued):
    for _ in range(2):
        settle_taken(queued, countersignature=None, problem="x", at=LATER)
    for _ in range(2):
        settle_taken(queued, countersignature=b"signed", problem="", at=LATER)

    assert kinds() == ["GRANTED", "DISCLOSED", "DELIVERED", "COUNTERSIGNED"]
    assert Envelope.objects.get().sealed is None


def test_a_failure_after_a_cancellation_changes_nothing(queued, given):
    withdraw_grant(given, at=LATER)

    settle_failed(queued, problem="http.500", final=True, at=LATER)

    assert Disclosure.objects.get().state == "cancelled"
    assert "DELIVERY_FAILED" not in kinds()
