import pytest
from django.db import transaction

from mingdai.consent.models import Wording
from mingdai.errors import Refused
from mingdai.ledger.models import LedgerEntry
from mingdai.loans.agreeing import Answers, check_answers, give
from mingdai.loans.asking import consent_sheet
from tests.gate.world import NECESSARY
from tests.loans.world import SUBMITTED, answers_to, draft


def test_nothing_is_ticked_beforehand():
    assert Answers("", "zh-hans", sensitive=frozenset()).extras == frozenset()


def test_the_grant_is_exactly_what_was_ticked(shop, person):
    application = draft(person)
    answers = answers_to(application)
    with transaction.atomic():
        given = give(application, check_answers(application, answers), answers, at=SUBMITTED)

    assert set(given.fields) == NECESSARY
    assert Wording.objects.get().text == consent_sheet(application, locale="zh-hans").text
    assert LedgerEntry.objects.filter(entry_id=given.entry_id).exists()


def test_an_english_sheet_is_agreed_to_in_english(shop, person):
    application = draft(person)
    sheet = consent_sheet(application, locale="en")

    with pytest.raises(Refused, match=r"consent\.other_wording"):
        check_answers(application, Answers(sheet.wording_id, "zh-hans", sensitive=sheet.sensitive))
    answers = Answers(sheet.wording_id, "en", sensitive=sheet.sensitive)
    assert check_answers(application, answers).locale == "en"
