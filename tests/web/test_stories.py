"""The borrower's story in a real Chromium, at both sizes and in both languages.

Every page on the way is checked by axe; what axe could not decide is read and only contrast that
it cannot compute (an icon, a disabled control) may be left.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from mingdai.accounts.models import InboxMessage
from mingdai.gate.models import Disclosure
from mingdai.ledger.sequencing import sequence_and_publish
from mingdai.loans.models import Application
from tests.vault.people import VALUES
from tests.web.world import NUMBER, PRODUCT, form_url, seed_demo, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
SHOTS = os.environ.get("MINGDAI_SHOTS", "")
BOTH = {"resultTypes": ["violations", "incomplete"]}
LOOKED_AT = (
    "due to a background image",  # the arrow of a select, the mark of a refused input
    "obscured",
    "pseudo element",  # the dots and the line of the timeline, beside the text
    "overlap",  # text of the map in its box; the fixed tab bar
    "contains an image node",
    "too short to determine",
    "only non-text characters",
)
FIELDS = ("name", "id_number", "id_valid_until", "bank_card", "email")


class Person:
    """Somebody at a browser of one size, in one language."""

    def __init__(self, page, url: str, *, size: str, language: str) -> None:
        self.page, self.url, self.size, self.language = page, url, size, language
        self.faults: list[str] = []
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        cookie = {"name": "mingdai_language", "value": language, "url": url}
        page.context.add_cookies([cookie])
        page.on("console", self._listen)
        page.on("request", self._watch)

    def goes(self, path: str) -> None:
        self.page.goto(self.url + path)

    def clicks(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def looks(self, name: str) -> None:
        """Check the page with axe, and that nothing runs off its side."""
        self.page.route("**/*", hold_still)
        self.page.wait_for_timeout(150)
        found = Axe().run(self.page, options=BOTH).response
        self.page.unroute("**/*", hold_still)
        self.faults += [f"{name}: {v['id']} {v['nodes'][0]['target']}" for v in found["violations"]]
        self.faults += [
            f"{name}: undecided {each['id']} {node['target']} {[a['message'] for a in node['any']]}"
            for each in found["incomplete"]
            for node in each["nodes"]
            if not (each["id"] == "color-contrast" and is_looked_at(node))
        ]
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        if self.page.evaluate(wide):
            self.faults.append(f"{name}: runs off the side")
        if SHOTS:
            file = Path(SHOTS) / f"{name}-{self.size}-{self.language}.png"
            self.page.screenshot(path=file, full_page=True)

    def _listen(self, message) -> None:
        if message.type == "error" and "422" not in message.text and "404" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _watch(self, request) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.faults.append(f"third party: {request.url}")


def hold_still(route) -> None:
    """A page that refreshes a part of itself does not while it is examined (204: no swap)."""
    if "hx-request" in route.request.headers:
        route.fulfill(status=204)
    else:
        route.continue_()


def is_looked_at(node) -> bool:
    """Contrast axe cannot compute and that was looked at: over pictures, under the tab bar."""
    said = " ".join(each["message"] for each in node["any"])
    return "gradient" not in said and any(reason in said for reason in LOOKED_AT)


@pytest.fixture
def shop(live_server, settings):
    settings.MINGDAI_COST_READING_S = 1
    seed_demo()
    return live_server.url


def logs_in(person: Person) -> None:
    page = person.page
    person.looks("login")
    page.fill("#mobile", NUMBER)
    person.clicks("button[formaction]")
    person.looks("login-sent")
    page.fill("#code", InboxMessage.objects.latest("sent_at").code)
    page.check("#agree")
    person.clicks("form.panel > .field > button.btn-primary")


def fills_in(person: Person) -> None:
    person.clicks("form.panel button.btn-primary")
    person.looks("fields-refused")
    for code in FIELDS:
        person.page.fill(f"#f-{code}", VALUES[code])
    person.clicks("form.panel button.btn-primary")


def reads_and_agrees(person: Person) -> None:
    page = person.page
    assert page.locator("#confirm").is_disabled()
    person.looks("cost")
    page.wait_for_selector("#confirm:not([disabled])")
    person.clicks("#confirm")
    assert page.locator("[data-agree]").is_disabled()
    person.looks("consent")
    for box in page.locator("input[type=checkbox][required]").all():
        box.check()
    person.clicks("[data-agree]")


def checks_the_proof(person: Person) -> str:
    page = person.page
    page.locator("[data-verify-start]").click()
    page.wait_for_selector("[data-verdict]:not([data-verdict=running])")
    return page.locator("[data-verdict]").get_attribute("data-verdict")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", list(SIZES))
def test_a_borrower_compares_applies_checks_and_withdraws(page, shop, size, language):
    person = Person(page, shop, size=size, language=language)
    person.goes("/?amount=10000&term=12m")
    person.looks("offers")
    person.clicks(f"[data-offer={PRODUCT}] a.btn")
    person.looks("offer")
    person.clicks("form[action^='/apply/'] button")
    logs_in(person)
    fills_in(person)
    reads_and_agrees(person)
    sequence_and_publish(holder="test", at=timezone.now())
    person.goes(f"/applications/{Application.objects.get().pk}/")
    person.looks("application")
    person.goes("/path/")
    person.looks("path")
    person.clicks("[data-disclosure] a.btn")
    verdict = checks_the_proof(person)
    person.looks("reader")
    person.clicks("a[href*='/withdraw/']")
    person.looks("withdraw")
    person.clicks("button.btn-grave")
    sequence_and_publish(holder="test", at=timezone.now())
    person.page.reload()
    person.looks("withdrawn")

    assert verdict == "verified"
    assert Disclosure.objects.get().state == "cancelled"
    assert person.page.locator("a[href*='/receipts/'][download]").count() == 2
    assert person.faults == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", list(SIZES))
def test_the_quieter_pages_are_accessible_too(page, shop, client, size, language):
    person = Person(page, shop, size=size, language=language)
    sign_in(client)
    client.post(form_url(), VALUES)
    session = {"name": "mingdai_session", "value": client.session.session_key, "url": shop}
    page.context.add_cookies([session])
    for name, path in {
        "empty-path": "/path/",
        "applications": "/applications/",
        "account": "/account/",
        "correct": "/account/fields/name/",
        "delete": "/account/delete/",
        "ranking": "/ranking/",
        "privacy": "/agreements/privacy/",
        "inbox": "/inbox/",
        "nothing-fits": "/?amount=200000&term=12m&age=66-",
        "not-found": "/nowhere/",
    }.items():
        person.goes(path)
        person.looks(name)
    person.goes("/account/")
    person.clicks("form[action='/account/copy/'] button")
    person.looks("copy")

    assert person.faults == []


def test_the_values_of_the_openings_are_checked_in_the_browser(page, shop, tmp_path):
    person = Person(page, shop, size="desk", language="en")
    person.goes(form_url())
    logs_in(person)
    fills_in(person)
    reads_and_agrees(person)
    sequence_and_publish(holder="test", at=timezone.now())
    person.goes(f"/path/{Disclosure.objects.get().pk}/")
    with page.expect_download() as download:
        page.locator("form[action$='/openings/'] button").click()
    file = tmp_path / "openings.json"
    download.value.save_as(file)
    page.set_input_files("#openings", file)

    verdict = checks_the_proof(person)

    assert verdict == "verified"
    assert "Every value in the openings file fits" in page.content()


def test_a_forged_receipt_fails_in_the_browser(page, shop):
    person = Person(page, shop, size="phone", language="en")
    person.goes(form_url())
    logs_in(person)
    fills_in(person)
    reads_and_agrees(person)
    sequence_and_publish(holder="test", at=timezone.now())
    page.route("**/receipts/*/", lambda route: route.fulfill(body=forged(route.fetch().json())))
    person.goes(f"/path/{Disclosure.objects.get().pk}/")

    assert checks_the_proof(person) == "flawed"


def forged(receipt: dict[str, str]) -> str:
    """The receipt with another purpose in its entry."""
    raw = bytearray(base64.b64decode(receipt["entry"]))
    raw[9] = 2
    return json.dumps({**receipt, "entry": base64.b64encode(raw).decode()})


def test_the_keyboard_alone_is_enough_to_compare_and_to_refuse(page, shop, client):
    person = Person(page, shop, size="desk", language="zh-hans")
    sign_in(client)
    client.post(form_url(), VALUES)
    application = Application.objects.get()
    client.get(f"/applications/{application.pk}/cost/")
    session = {"name": "mingdai_session", "value": client.session.session_key, "url": shop}
    page.context.add_cookies([session])
    person.goes("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("input[name=term]:checked")
    with page.expect_response(lambda answer: "term=24m" in answer.url):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1100)
    person.goes(f"/applications/{application.pk}/cost/")
    page.wait_for_selector("#confirm:not([disabled])")
    page.focus("#confirm")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.focus("button[value=refuse]")
    with page.expect_navigation():
        page.keyboard.press("Space")

    application.refresh_from_db()
    assert application.status == Application.Status.DECLINED
