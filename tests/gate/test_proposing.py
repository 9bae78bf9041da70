import uuid

import pytest

from mingdai.gate.proposing import (
    find_parties,
    propose_own_view,
    propose_to_nobody,
    propose_to_partner,
    propose_to_staff,
)
from mingdai.partners.models import Partner
from mingdai.words import LegalBasis, Purpose, RecipientKind, Route
from tests.conftest import NOON
from tests.gate.world import SECOND, handover_of

LATER = NOON + SECOND


def test_the_rows_are_those_of_now_and_not_the_callers(given, lender):
    Partner.objects.update(status="suspended")

    parties = find_parties(handover_of(given), at=LATER)

    assert lender.status == "active"
    assert parties.partner.status == "suspended"


@pytest.mark.parametrize("grant_id", [None, uuid.uuid4()])
def test_an_invented_grant_is_no_grant(given, grant_id):
    assert find_parties(handover_of(given, grant_id=grant_id), at=LATER).grant is None


def test_the_key_comes_with_the_rows(given):
    assert find_parties(handover_of(given), at=LATER).key.kid == "key-1"
    assert find_parties(handover_of(given), at=NOON - SECOND).key is None


@pytest.mark.parametrize(
    ("changes", "who"),
    [({"partner_id": "nobody"}, "recipient"), ({"carrier_id": "nobody"}, "carrier")],
)
def test_who_is_no_partner_is_a_reason_to_refuse_and_is_not_repeated(given, changes, who):
    reason = find_parties(handover_of(given, **changes), at=LATER)

    assert (reason.code, reason.reason) == ("recipient.unknown", f"the {who} is not a partner")
    proposal = propose_to_nobody(handover_of(given, **changes), LATER)
    assert (proposal.recipient.id, proposal.recipient.active) == ("", False)


def test_a_withdrawal_later_than_the_time_in_hand_moves_the_proposal_to_it(given):
    type(given).objects.update(withdrawn_at=NOON + SECOND)
    handover = handover_of(given)

    proposal = propose_to_partner(handover, find_parties(handover, at=NOON), age=36, at=NOON)

    assert proposal.at == NOON + SECOND
    assert (proposal.basis, proposal.age) == (LegalBasis.CONSENT, 36)


def test_a_borrower_proposes_to_see_the_own_fields_inside():
    borrower_id = uuid.uuid4()

    proposal = propose_own_view(borrower_id, frozenset({"name"}), NOON)

    assert proposal.recipient.kind is RecipientKind.BORROWER
    assert proposal.recipient.id == f"borrower:{borrower_id}"
    assert (proposal.purpose, proposal.route) == (Purpose.OWN_VIEW, Route.INSIDE)


def test_an_employee_proposes_one_field():
    staff_id = uuid.uuid4()

    proposal = propose_to_staff(None, staff_id, "mobile", NOON)

    assert (proposal.recipient.id, proposal.fields) == (f"staff:{staff_id}", {"mobile"})
    assert proposal.ticket is None
