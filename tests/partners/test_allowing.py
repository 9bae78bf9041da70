from datetime import date

import pytest

from mingdai.errors import Refused
from mingdai.partners.allowing import allow_decoys, end_decoys
from mingdai.partners.models import Partner, PartnerChange
from mingdai.words import ActorId
from tests.conftest import NOON
from tests.gate.world import make_lender

ACTOR = ActorId("staff:1")
DAY = date(2026, 4, 1)


@pytest.fixture
def partner(db, data_folder) -> Partner:
    return make_lender()


def test_a_clause_and_its_day_are_kept_and_recorded(partner):
    allow_decoys(partner, "补充协议第9条", DAY, actor=ACTOR, at=NOON)

    stored = Partner.objects.get()
    assert (stored.decoys_agreed_on, stored.decoys_clause) == (DAY, "补充协议第9条")
    assert PartnerChange.objects.get(act="decoys").actor == ACTOR


def test_ending_it_leaves_neither(partner):
    allow_decoys(partner, "补充协议第9条", DAY, actor=ACTOR, at=NOON)

    end_decoys(partner, actor=ACTOR, at=NOON)

    stored = Partner.objects.get()
    assert (stored.decoys_agreed_on, stored.decoys_clause) == (None, "")
    assert PartnerChange.objects.filter(act="decoys").count() == 2


@pytest.mark.parametrize(
    ("clause", "changes", "code"),
    [("", {}, "decoy.no_clause"), ("第9条", {"contract_ref": ""}, "decoy.no_contract")],
)
def test_without_a_written_clause_nothing_is_allowed(db, data_folder, clause, changes, code):
    partner = make_lender("other-ml", **changes)

    with pytest.raises(Refused) as caught:
        allow_decoys(partner, clause, DAY, actor=ACTOR, at=NOON)

    assert caught.value.code == code
    assert Partner.objects.get(pk="other-ml").decoys_agreed_on is None
