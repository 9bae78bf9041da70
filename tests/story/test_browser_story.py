"""The story on a phone: a real Chromium, 390×844, against the running processes."""

from __future__ import annotations

import re

import pytest

from tests.story.marketplace import wait_until
from tests.story.visitor import LENDER, PRODUCT
from tests.vault.people import VALUES

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("story")]

NUMBER = "19900000031"
ASKED = ("name", "id_number", "id_valid_until", "bank_card")


@pytest.fixture
def phone(page, marketplace):
    """A phone with the offers page open; it fails on any request to a third party."""
    page.set_viewport_size({"width": 390, "height": 844})
    strangers: list[str] = []
    page.on("request", lambda each: strangers.append(each.url) if outside(each.url) else None)

    def outside(url: str) -> bool:
        return not url.startswith((marketplace.url, "data:", "blob:"))

    page.goto(f"{marketplace.url}/?amount=10000&term=12m")
    yield page
    assert strangers == []


def taps(page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def logs_in(page, url: str) -> None:
    page.fill("#mobile", NUMBER)
    taps(page, "button[formaction]")
    inbox = page.context.new_page()
    inbox.goto(f"{url}/inbox/")
    code = inbox.locator("[data-code]").first.inner_text()
    inbox.close()
    page.fill("#code", code)
    page.check("#agree")
    taps(page, "form.panel > .field > button.btn-primary")


def applies(page) -> str:
    for code in ASKED:
        page.fill(f"#f-{code}", VALUES[code])
    taps(page, "form.panel button.btn-primary")
    assert page.locator("#confirm").is_disabled()
    page.wait_for_selector("#confirm:not([disabled])")
    taps(page, "#confirm")
    assert page.locator("[data-agree]").is_disabled()
    for box in page.locator("input[type=checkbox][required]").all():
        box.check()
    taps(page, "[data-agree]")
    return re.search(r"/applications/([0-9a-f-]{36})/", page.url)[1]


def test_on_a_phone_a_borrower_applies_verifies_in_the_browser_and_withdraws(phone, marketplace):
    taps(phone, f"[data-offer={PRODUCT}] a.btn")
    taps(phone, "form[action^='/apply/'] button")
    logs_in(phone, marketplace.url)
    application = applies(phone)
    phone.wait_for_selector("[data-status=disbursed]", timeout=40_000)

    phone.goto(f"{marketplace.url}/path/")
    taps(phone, "[data-disclosure] a.btn")
    phone.locator("[data-verify-start]").click()
    phone.wait_for_selector("[data-verdict]:not([data-verdict=running])")
    assert phone.locator("[data-verdict]").get_attribute("data-verdict") == "verified"
    reader = phone.url

    taps(phone, "a[href*='/withdraw/']")
    taps(phone, "button.btn-grave")
    assert phone.url == reader
    mine = {"application_id": application}
    wait_until(
        lambda: [
            each
            for each in marketplace.received(LENDER)
            if each["application_id"] == mine["application_id"] and each["deleted_at"]
        ]
    )
    phone.reload()
    assert phone.locator("a[href*='/receipts/'][download]").count() == 2
    assert phone.locator("a[href*='/withdraw/']").count() == 0
