"""Letters, a sighting, "somebody contacted me", in a real browser, in both sizes and languages."""

from __future__ import annotations

import pytest

from tests.web.post import make_reader, receive
from tests.web.test_stories import SIZES, Person
from tests.web.world import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", list(SIZES))
def test_a_borrower_reads_letters_sees_a_sighting_and_asks_who_had_it(
    page, live_server, client, size, language
):
    post = make_reader(client)
    letters = receive(post)
    publish()
    person = Person(page, live_server.url, size=size, language=language)
    session = client.cookies["mingdai_session"].value
    page.context.add_cookies(
        [{"name": "mingdai_session", "value": session, "url": live_server.url}]
    )

    person.goes("/letters/")
    person.looks("letters")
    person.clicks(".reader a.btn")
    person.looks("sighting")
    person.goes(f"/letters/{letters['expected'].pk}/")
    person.looks("letter")
    person.goes(f"/letters/{letters['unauthenticated'].pk}/")
    person.looks("letter-forged")
    person.goes("/letters/")
    person.clicks("form[action='/letters/relay/'] button")
    person.looks("letters-relay-on")
    person.goes("/contact/")
    person.looks("contact")
    page.get_by_role("radio").nth(2).focus()
    page.keyboard.press("Space")
    page.fill("#to", post.address)
    page.fill("#caller", "sales@chengdai.example")
    page.check("#k-name")
    page.focus("form.panel button.btn-primary")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    person.looks("contact-answer")

    assert post.address in page.content()
    assert person.faults == []
