from datetime import UTC, date, datetime, timedelta

import pytest

from mingdai.errors import Refused
from mingdai.partners.models import Partner
from mingdai.partners.reviewing import activate, missing
from mingdai.words import ActorId

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ACTOR = ActorId("staff:00000000-0000-0000-0000-000000000001")


def test_a_partner_with_every_paper_is_activated_and_the_change_is_kept(lender):
    activate(lender, actor=ACTOR, reason="reviewed", at=NOON)

    lender.refresh_from_db()
    assert lender.status == Partner.Status.ACTIVE
    assert [each.act for each in lender.changes.all()] == ["activated"]


@pytest.mark.parametrize(
    ("gap", "code"),
    [
        ({"licence": "none"}, "partner.no_licence"),
        ({"licence_number": ""}, "partner.no_licence"),
        ({"licence_until": date(2026, 11, 22)}, "partner.no_licence"),
        ({"contract_ref": ""}, "partner.no_contract"),
        ({"assessed_at": None}, "partner.not_assessed"),
        ({"assessed_at": NOON + timedelta(seconds=1)}, "partner.not_assessed"),
    ],
)
def test_a_partner_that_lacks_a_paper_stays_a_draft(lender, gap, code):
    for name, value in gap.items():
        setattr(lender, name, value)
    lender.save()

    with pytest.raises(Refused, match=code):
        activate(lender, actor=ACTOR, reason="reviewed", at=NOON)

    lender.refresh_from_db()
    assert lender.status == Partner.Status.DRAFT
    assert lender.changes.count() == 0


def test_a_licence_is_valid_to_the_end_of_its_last_day_in_china(lender):
    lender.licence_until = date(2026, 11, 23)

    assert missing(lender, at=datetime(2026, 11, 23, 15, 59, tzinfo=UTC)) == []
    assert missing(lender, at=datetime(2026, 11, 23, 16, 0, tzinfo=UTC))[0].code == (
        "partner.no_licence"
    )


def test_a_channel_needs_no_financial_licence(lender):
    lender.kind, lender.licence, lender.licence_number = "channel", "none", ""

    assert missing(lender, at=NOON) == []
