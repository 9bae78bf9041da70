import pytest

from mingdai.gate.delivering import deliver_due
from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Notice
from mingdai.gate.notifying import (
    claim_notice,
    due_notices,
    notice_body,
    settle_acknowledged,
    settle_unanswered,
)
from mingdai.gate.queueing import MAX_ATTEMPTS
from mingdai.gate.recalling import withdraw_grant
from tests.conftest import NOON
from tests.gate.world import NECESSARY, SECOND, handover_of, kinds, publish
from tests.vault.people import VALUES

LATER = NOON + SECOND


@pytest.fixture
def notice(given) -> Notice:
    disclose_to_partner(handover_of(given), at=LATER)
    publish()
    deliver_due(at=LATER)
    withdraw_grant(given, at=LATER)
    return Notice.objects.select_related("disclosure", "entry").get()


def test_a_notice_names_ids_and_no_person(notice):
    body = notice_body(notice)

    assert str(notice.disclosure_id).encode() in body
    assert [code for code in NECESSARY if VALUES[code].encode() in body] == []


def test_a_claimed_notice_is_nobody_elses(notice):
    assert due_notices(LATER, limit=9) == [notice.pk]
    assert claim_notice(notice.pk, at=LATER).attempts == 1
    assert claim_notice(notice.pk, at=LATER) is None
    assert due_notices(LATER, limit=9) == []


def test_an_acknowledgement_is_written_once(notice):
    for _ in range(2):
        settle_acknowledged(notice, acknowledgement=b"signed", at=LATER)

    assert kinds().count("NOTICE_ACCEPTED") == 1
    assert Notice.objects.get().next_attempt_at is None


def test_after_the_last_attempt_a_notice_is_not_sent_again_but_stays_unanswered(notice):
    notice.attempts = MAX_ATTEMPTS

    settle_unanswered(notice, sent=None, problem="http.500", at=LATER)

    stored = Notice.objects.get()
    assert (stored.next_attempt_at, stored.acknowledged_at) == (None, None)
    assert stored.last_problem == "http.500"
