"""A borrower on the phone pages: signs in, applies, consents, reads letters and sightings."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from mingdai.errors import Unavailable
from mingdai_demo.leaking.browsing import Browser, text_of
from mingdai_demo.leaking.hosting import READING_S, wait_until
from mingdai_demo.leaking.people import Person

_ALIAS = re.compile(r"[a-z]{4,8}(?:-[a-z]{4,10}){1,4}@[\w.-]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """One sighting as the borrower reads it."""

    headline: str
    grade: str
    text: str


class Borrower:
    """One person and their browser."""

    def __init__(self, browser: Browser, person: Person) -> None:
        """Not signed in yet."""
        self._browser, self.person = browser, person

    def sign_in(self) -> None:
        """With the code that the simulated SMS inbox shows."""
        mobile = self.person.mobile
        self._browser.sends("/login/code/", {"mobile": mobile}, at="/login/")
        code = _found(r"data-code>(\d{6})<", self._browser.sees("/inbox/"), "code")
        fields: dict[str, str | list[str]] = {"mobile": mobile, "code": code, "agree": "yes"}
        self._browser.sends("/login/", fields, at="/login/")

    def apply(self, product: str, query: str) -> str:
        """From the form to consent, with the e-mail alias where it is offered; the application."""
        form = f"/apply/{product}/?{query}"
        cost = self._browser.sends(form, dict(self.person.fields()), at=form)
        application = _found(r"/applications/([0-9a-f-]{36})/", str(cost.url), "application")
        time.sleep(float(READING_S) + 0.2)
        path = f"/applications/{application}"
        sheet = self._browser.sends(f"{path}/cost/", {}, at=f"{path}/cost/").text
        answers: dict[str, str | list[str]] = {
            "wording": _found(r'name="wording" value="([0-9a-f]{64})"', sheet, "wording"),
            "answer": "agree",
            "seen": "yes",
            "sensitive": re.findall(r'name="sensitive" value="([a-z_]+)"', sheet),
            "extra": re.findall(r'name="extra" value="(email)"', sheet),
        }
        self._browser.sends(f"{path}/consent/", answers, at=f"{path}/consent/")
        return application

    def wait_until_given(self, application: str) -> None:
        """Until the lender has the application and has answered."""
        pattern = r'data-status="(\w+)"'
        reached = {"received", "approved", "disbursed", "repaying"}
        wait_until(
            lambda: (
                _found(pattern, self._browser.sees(f"/applications/{application}/"), "status")
                in reached
            )
        )

    def alias_for(self, lender: str) -> str:
        """The address that only this lender was given, as the borrower's own pages show it."""
        for disclosure in re.findall(r'data-disclosure="([0-9a-f-]{36})"', self._path()):
            page = text_of(self._browser.sees(f"/path/{disclosure}/"))
            alias = _ALIAS.search(page)
            if lender in page and alias:
                return alias[0]
        return ""

    def withdraw(self, lender: str) -> None:
        """Take back the consent to this lender, on the pages; its address ends with it."""
        for disclosure in re.findall(r'data-disclosure="([0-9a-f-]{36})"', self._path()):
            page = self._browser.sees(f"/path/{disclosure}/")
            link = re.search(r'href="(/path/grants/[0-9a-f-]{36}/withdraw/)"', page)
            if lender in page and link:
                self._browser.sends(link[1], {}, at=link[1])
                return

    def letters(self) -> list[str]:
        """One line for each letter: who wrote, to which lender's address, and what it is."""
        items = re.findall(r'<li><a href="/letters/.*?</li>', self._browser.sees("/letters/"), re.S)
        return [text_of(each) for each in items]

    def sightings(self) -> list[Seen]:
        """Every sighting, each page opened and read."""
        page = self._browser.sees("/letters/")
        return [
            _seen(self._browser.sees(path))
            for path in dict.fromkeys(re.findall(r'href="(/sightings/[0-9a-f-]{36}/)"', page))
        ]

    def _path(self) -> str:
        return self._browser.sees("/path/")


def _seen(page: str) -> Seen:
    """Headline and grade of a sighting's page, and all of it."""
    head = _found(r"<section class=\"panel\">\s*<h2>(.*?)</h2>", page, "headline")
    grade = _found(r"<h1>.*?</h1><p>(.*?)</p>", page, "grade")
    return Seen(text_of(head), text_of(grade), text_of(page))


def _found(pattern: str, text: str, what: str) -> str:
    """The first group, or Unavailable `demo.page`."""
    found = re.search(pattern, text, re.DOTALL)
    if found is None:
        raise Unavailable(
            code="demo.page",
            reason=f"no {what} on the page",
            remedy="the pages changed; see said.log in the data folder",
        )
    return found[1]
