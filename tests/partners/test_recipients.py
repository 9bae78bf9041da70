from datetime import date

from mingdai.partners.recipients import as_recipient
from mingdai.words import LicenceKind, PartnerKind, RecipientKind


def test_the_rules_see_the_licence_and_the_status_of_the_row(lender):
    lender.status = "active"

    recipient = as_recipient(lender)

    assert recipient.kind is RecipientKind.PARTNER
    assert recipient.id == "yunting-cf"
    assert recipient.partner_kind is PartnerKind.LENDER
    assert recipient.licence is LicenceKind.CONSUMER_FINANCE
    assert recipient.licence_until == date(2027, 12, 31)
    assert recipient.active


def test_a_draft_is_not_active(lender):
    assert as_recipient(lender).active is False
