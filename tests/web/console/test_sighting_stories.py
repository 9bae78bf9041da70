"""A compliance officer follows a sighting up, in a real browser, both sizes and languages."""

from __future__ import annotations

import pytest
from django.utils import timezone

from mingdai.trace.answering import answer, open_sightings
from mingdai.trace.models import ExpectedSender, Grade, Sighting
from mingdai.words import ActorId
from tests.gate.world import make_lender
from tests.mail.world import make_post
from tests.web.console.sighting_world import every_grade, strange
from tests.web.console.staff_world import employ
from tests.web.console.test_console_stories import tab_to, walks_in
from tests.web.test_stories import SIZES, Person
from tests.web.world import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/console/sightings/"


@pytest.fixture
def office(live_server, data_folder):
    """Sightings of every grade; the lender says the stranger is its service."""
    employ("anna", "compliance")
    found = every_grade()
    sighting = found[Grade.OTHER]
    open_sightings(sighting.partner_id, at=timezone.now())
    for code, note in (("investigating", ""), ("our_service", "委托的发信服务商")):
        answer(
            sighting.pk,
            partner_id=sighting.partner_id,
            code=code,
            note=note,
            actor=ActorId(f"partner:{sighting.partner_id}"),
            at=timezone.now(),
        )
    other = make_lender("other-ml")
    other.legal_name, other.short_name = "云栖示例消费金融有限公司", "云栖示例消金"
    other.save()
    strange(make_post(lender=other, mobile="19900000042"))
    publish()
    return live_server.url, found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_accessible_and_fits(office, page, size, language):
    url, found = office
    person = Person(page, url, size=size, language=language)
    walks_in(person)
    sender = ExpectedSender.objects.get(state="proposed")
    pages = {
        "sightings": PAGE,
        "sightings-none": f"{PAGE}?standing=explained",
        "sender": f"{PAGE}senders/{sender.pk}/",
        **{f"sighting-{grade}": f"{PAGE}{each.pk}/" for grade, each in found.items()},
    }
    for name, address in pages.items():
        person.goes(address)
        person.looks(f"console-{name}")
    person.goes(pages["sender"])
    person.clicks("form[action$='/confirm/'] button")
    person.looks("console-sender-confirmed")
    person.goes(pages["sighting-authenticated_other"])
    person.looks("console-sighting-explained")
    person.goes(pages["sender"])
    person.looks("console-sender-taken-back")

    assert person.faults == []


def test_the_keyboard_alone_filters_reads_and_decides(office, page):
    url, found = office
    person = Person(page, url, size="desk", language="zh-hans")
    walks_in(person)
    sighting = found[Grade.OTHER]
    person.goes(PAGE)
    tab_to(page, "", tag="SELECT", within="form.filter")
    page.keyboard.press("ArrowDown")
    tab_to(page, "", tag="BUTTON", within="form.filter")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "grade=authenticated_other" in page.url
    assert page.locator("[data-sighting]").count() == 2

    tab_to(page, f"{PAGE}{sighting.pk}/")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "/sightings/senders/")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "", tag="BUTTON", within="form[action$='/confirm/']")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert Sighting.objects.get(pk=sighting.pk).explained_at is not None
    assert person.faults == []
