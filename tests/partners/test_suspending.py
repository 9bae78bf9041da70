from datetime import UTC, datetime

from mingdai.partners.models import Partner
from mingdai.partners.recipients import as_recipient
from mingdai.partners.suspending import suspend
from mingdai.words import ActorId

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def test_a_suspended_partner_is_no_longer_an_active_recipient(lender):
    suspend(lender, actor=ActorId("system"), reason="complaint", at=NOON)

    stored = Partner.objects.get(pk=lender.pk)
    assert as_recipient(stored).active is False
    assert [(each.act, each.reason) for each in stored.changes.all()] == [
        ("suspended", "complaint")
    ]
