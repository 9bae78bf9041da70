import pytest

from mingdai.partners.conforming import Trial, keep_trials, kinds_taken
from mingdai.partners.models import Partner, PartnerChange
from mingdai.words import ActorId
from tests.conftest import NOON
from tests.gate.world import make_lender

ACTOR = ActorId("staff:1")


@pytest.fixture
def partner(db, data_folder) -> Partner:
    return make_lender()


def test_nothing_is_on_before_a_trial(partner):
    assert kinds_taken(partner) == frozenset()


def test_what_was_taken_is_on_and_what_was_refused_is_off_with_its_reason(partner):
    trials = [Trial("address.width", True, "taken"), Trial("amount.comma", False, "http.422")]

    keep_trials(partner, trials, actor=ACTOR, at=NOON)

    stored = Partner.objects.get()
    assert kinds_taken(stored) == kinds_taken(partner) == {"address.width"}
    assert stored.spellings["amount.comma"]["why"] == "http.422"


def test_a_later_trial_switches_off_and_leaves_the_others(partner):
    both = [Trial("address.width", True, "taken"), Trial("name.space", True, "taken")]
    keep_trials(partner, both, actor=ACTOR, at=NOON)

    keep_trials(partner, [Trial("name.space", False, "by_hand")], actor=ACTOR, at=NOON)

    assert kinds_taken(Partner.objects.get()) == {"address.width"}


def test_each_run_is_a_recorded_change(partner):
    keep_trials(partner, [Trial("name.space", False, "http.422")], actor=ACTOR, at=NOON)

    change = PartnerChange.objects.get(act="spellings")
    assert (change.actor, change.reason) == (ACTOR, "0 of 1 spellings on")
