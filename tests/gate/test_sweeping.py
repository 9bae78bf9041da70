from datetime import timedelta

from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Disclosure, Envelope
from mingdai.gate.sweeping import CALLS_KEPT, sweep
from mingdai.partners.models import ApiCall, RateWindow
from mingdai.vault.models import SealedField
from tests.conftest import NOON
from tests.gate.world import SECOND, handover_of

LATER = NOON + SECOND


def test_a_grant_that_ended_takes_its_queue_along(given):
    disclose_to_partner(handover_of(given), at=LATER)

    assert sweep(at=given.expires_at - SECOND) == 0
    assert sweep(at=given.expires_at) == 1

    row = Disclosure.objects.get()
    assert (row.state, row.last_problem) == ("cancelled", "consent.expired")
    assert Envelope.objects.get().sealed is None


def test_fields_past_their_time_go(borrower):
    assert sweep(at=NOON + timedelta(days=366)) > 0

    assert not SealedField.objects.filter(sealed__isnull=False).exists()


def test_old_calls_are_forgotten(lender):
    ApiCall.objects.create(partner=lender, key="k", digest=b"d", called_at=NOON)
    RateWindow.objects.create(partner=lender, starts_at=NOON)

    assert sweep(at=NOON + CALLS_KEPT) == 0
    assert sweep(at=NOON + CALLS_KEPT + SECOND) == 2
