"""A compliance officer in a real Chromium: spellings of a partner, the list of decoys."""

from __future__ import annotations

import pytest
from django.utils import timezone

from mingdai.accounts.models import Staff, Ticket
from mingdai.gate.marking_spellings import SPELLINGS
from mingdai.partners.conforming import Trial, keep_trials, kinds_taken
from mingdai.partners.models import Partner
from mingdai.words import ActorId
from tests.web.console.staff_world import employ
from tests.web.console.test_console_stories import walks_in
from tests.web.test_stories import SIZES, Person
from tests.web.world import seed_demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(live_server):
    seed_demo()
    employ("anna", "compliance")
    employ("ben", Staff.Role.OPERATOR)
    partner = Partner.objects.get(pk="songhe")
    refused = {"amount.comma", "address.width"}
    trials = [
        Trial(each.kind, each.kind not in refused, "http.422" if each.kind in refused else "taken")
        for each in SPELLINGS
    ]
    keep_trials(partner, trials, actor=ActorId("system"), at=timezone.now())
    return live_server.url


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_spellings_and_decoys_are_shown_placed_and_switched(office, page, size, language):
    person = Person(page, office, size=size, language=language)
    walks_in(person)

    person.goes("/console/decoys/")
    person.looks("console-decoys-none")
    page.locator("#reason").fill("核对联系方式")
    person.clicks("form:has(#login) .btn-primary")
    person.looks("console-decoys")
    person.goes("/console/partners/songhe/")
    person.looks("console-spellings")
    person.clicks('[data-spelling="address.city"] button')
    page.locator("#clause").fill("第9条")
    page.locator("#agreed_on").fill("2026-01-01")
    person.clicks("form:has(#clause) .btn")
    person.looks("console-clause")
    person.goes("/console/decoys/")
    person.clicks("form:has(#offered) .btn-primary")
    person.looks("console-decoys-refused")

    assert person.faults == []
    assert Ticket.objects.get().assignee.login == "ben"
    stored = Partner.objects.get(pk="songhe")
    assert "address.city" not in kinds_taken(stored)
    assert stored.decoys_clause == "第9条"
