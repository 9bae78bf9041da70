"""Employees in a real Chromium: every page at both sizes and in both languages, keyboard only.

Every page is checked by axe as the borrower's pages are; a value that was revealed is gone when
its time is over.
"""

from __future__ import annotations

import contextlib

import pyotp
import pytest
from django.utils import timezone
from playwright.sync_api import Error

from mingdai.accounts.enlisting import add_staff
from mingdai.ledger.models import LedgerEntry
from mingdai.web.console import revealing
from mingdai_proofs.entries import EntryKind
from tests.vault.people import VALUES
from tests.web.console.staff_world import (
    PASSWORD,
    applied,
    at_work,
    bury,
    code,
    disclosure_of,
    employ,
    ticket_on,
)
from tests.web.test_stories import SIZES, Person
from tests.web.world import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(live_server):
    """A platform where something happened, and one compliance officer."""
    employ("anna", "compliance")
    application = applied()
    bury(disclosure_of(application))
    return live_server.url, application


def walks_in(person: Person, login: str = "anna") -> None:
    """Be signed in without typing."""
    client = at_work(login, "compliance")
    cookie = client.cookies["mingdai_session"].value
    person.page.context.add_cookies(
        [{"name": "mingdai_session", "value": cookie, "url": person.url}]
    )


def pages_of(application, ticket) -> dict[str, str]:
    console = "/console/"
    return {
        "overview": console,
        "disclosures": f"{console}disclosures/",
        "disclosures-none": f"{console}disclosures/?state=cancelled",
        "disclosure": f"{console}disclosures/{application.disclosure_id}/",
        "ledger": f"{console}ledger/",
        "dead-letters": f"{console}dead-letters/",
        "tickets": f"{console}tickets/",
        "tickets-none": f"{console}tickets/?show=closed",
        "ticket-open": f"{console}tickets/open/",
        "ticket": f"{console}tickets/{ticket.pk}/",
        "reveal": f"{console}tickets/{ticket.pk}/reveal/id_number/",
        "partners": f"{console}partners/",
        "partner": f"{console}partners/{application.partner_id}/",
        "problem": f"{console}partners/nobody/",
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_accessible_and_fits(office, page, size, language):
    url, application = office
    person = Person(page, url, size=size, language=language)
    person.goes("/console/sign-in/")
    person.looks("console-sign-in")
    person.clicks("form .btn-primary")
    person.looks("console-sign-in-refused")
    walks_in(person)
    ticket = ticket_on(application, fields=("mobile", "id_number"), to="anna")

    for name, address in pages_of(application, ticket).items():
        person.goes(address)
        person.looks(f"console-{name}")
    person.goes(f"/console/tickets/{ticket.pk}/reveal/id_number/")
    person.clicks(".card .btn-primary")
    person.looks("console-revealed")

    assert VALUES["id_number"] in page.inner_text("[data-value]")
    assert person.faults == []


def test_the_keyboard_alone_signs_in_and_reads_one_field(office, page, monkeypatch):
    monkeypatch.setattr(revealing, "SHOWN_S", 5)
    url, application = office
    ticket = ticket_on(application, fields=("mobile",), to="anna")
    person = Person(page, url, size="desk", language="zh-hans")
    person.goes(f"/console/tickets/{ticket.pk}/")

    for text in ("anna", PASSWORD, code()):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "/reveal/mobile/")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "", tag="BUTTON", within="main")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.inner_text("[data-value]") == VALUES["mobile"]
    page.wait_for_url(f"**/console/tickets/{ticket.pk}/", wait_until="commit")
    assert VALUES["mobile"] not in page.content()
    with contextlib.suppress(Error):  # a page behind that goes on by itself breaks off the way back
        page.go_back()
    page.wait_for_timeout(1000)
    page.wait_for_load_state()
    assert VALUES["mobile"] not in page.content()
    assert LedgerEntry.objects.filter(kind=EntryKind.STAFF_READ).count() == 1
    assert person.faults == []


def tab_to(page, address: str, *, tag: str = "A", within: str = "body") -> None:
    """Press Tab until the wanted link or button has the focus; each stop must be visible."""
    seen = "a => { const e = document.activeElement; return [e.tagName, e.href ?? '', "
    seen += "!!e.closest(a), e.getBoundingClientRect().width > 0] }"
    for _ in range(40):
        page.keyboard.press("Tab")
        name, href, inside, is_visible = page.evaluate(seen, within)
        assert is_visible
        if name == tag and address in href and inside:
            return
    raise AssertionError(f"Tab does not reach {tag} {address}")


def test_verify_now_tells_how_it_went_without_a_reload(office, page):
    url, _ = office
    publish()
    person = Person(page, url, size="desk", language="en")
    walks_in(person)
    person.goes("/console/ledger/")

    page.click("#verification button")
    page.wait_for_selector("#verification[data-state=sound]", timeout=10000)

    assert "The ledger is sound." in page.inner_text("#verification")
    person.looks("console-verified")
    assert person.faults == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_new_employee_sets_up_and_signs_in(live_server, page, language):
    _, password = add_staff("dora", role="operator", at=timezone.now())
    person = Person(page, live_server.url, size="desk", language=language)
    person.goes("/console/enrol/")
    person.looks("console-enrol-start")
    page.fill("#login", "dora")
    page.fill("#password", password)
    person.clicks("form .btn-primary")
    person.looks("console-enrol")
    secret = page.inner_text("[data-secret]").replace(" ", "")
    drawn = page.evaluate("document.querySelector('.enrol-qr img').naturalWidth")

    page.fill("#password", "a-long-password-of-mine")
    page.fill("#again", "a-long-password-of-mine")
    page.fill("#totp", pyotp.TOTP(secret).at(timezone.now()))
    person.clicks("form .btn-primary")
    person.looks("console-enrolled")

    assert drawn > 100
    assert page.url.endswith("/console/sign-in/")
    assert person.faults == []
