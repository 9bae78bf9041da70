"""A borrower at a browser without scripts: follows links, sends the forms that pages hold."""

from __future__ import annotations

import re
import time

import httpx

from tests.story.marketplace import Marketplace, wait_until
from tests.vault.people import VALUES

PRODUCT, LENDER = "yunting-qingxiang", "yunting"


class Visitor:
    """One person with cookies of their own."""

    def __init__(self, marketplace: Marketplace) -> None:
        self.marketplace = marketplace
        self.http = httpx.Client(base_url=marketplace.url, follow_redirects=True, timeout=20)

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def sees(self, path: str) -> str:
        """The page."""
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def sends(self, path: str, *, status: int = 200, **fields: object) -> httpx.Response:
        """A form of the page at `path`, sent; `status` after any redirect."""
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.sees("/login/"))[1]
        data = {"csrfmiddlewaretoken": token, **fields}
        answer = self.http.post(path, data=data, headers={"Referer": self.marketplace.url})
        assert answer.status_code == status, (path, answer.status_code, answer.text)
        return answer

    def logs_in(self, number: str) -> None:
        """By the code of the development inbox."""
        self.sends("/login/code/", mobile=number)
        code = re.search(r"data-code>(\d{6})<", self.sees("/inbox/"))[1]
        self.sends("/login/", mobile=number, code=code, agree="yes")

    def fills_in(self, *, status: int = 200, yuan: int = 10_000, **changes: str) -> httpx.Response:
        """The form of the product, every field."""
        values = {**VALUES, **changes}
        return self.sends(f"/apply/{PRODUCT}/?amount={yuan}&term=12m", status=status, **values)

    def reads_cost(self, application: str) -> str:
        """Wait the reading time and confirm; the consent sheet."""
        self.sees(f"/applications/{application}/cost/")
        time.sleep(2.1)
        return self.sends(f"/applications/{application}/cost/").text

    def agrees(
        self, application: str, sheet: str, *, status: int = 200, **changes: object
    ) -> httpx.Response:
        """Tick every box that must be ticked."""
        sensitive = re.findall(r'name="sensitive" value="([a-z_]+)"', sheet)
        wording = re.search(r'name="wording" value="([0-9a-f]{64})"', sheet)[1]
        answers = {"wording": wording, "answer": "agree", "seen": "yes", "sensitive": sensitive}
        path = f"/applications/{application}/consent/"
        return self.sends(path, status=status, **{**answers, **changes})

    def drafts(self, **changes: object) -> str:
        """Fields filled in; the new application's id."""
        return application_in(str(self.fills_in(**changes).url))

    def applies(self, number: str, **changes: object) -> str:
        """From log-in to consent; the application's id."""
        self.logs_in(number)
        application = self.drafts(mobile=number, **changes)
        self.agrees(application, self.reads_cost(application))
        return application

    def status(self, application: str) -> str:
        """As the page of the application says it."""
        page = self.sees(f"/applications/{application}/")
        return re.search(r'data-status="(\w+)"', page)[1]

    def reader_url(self) -> str:
        """The page of the newest disclosure on the path page."""
        found = re.search(r'data-disclosure="([0-9a-f-]{36})"', self.sees("/path/"))
        assert found
        return f"/path/{found[1]}/"

    def waits_for_receipt(self) -> str:
        """The address of the newest disclosure's receipt, once it is provable."""
        return str(wait_until(lambda: receipt_in(self.sees(self.reader_url()))))


def application_in(url: str) -> str:
    """The application an address speaks of."""
    return re.search(r"/applications/([0-9a-f-]{36})/", url)[1]


def receipt_in(page: str) -> str:
    """The first receipt offered for download, "" for none."""
    found = re.search(r'href="(/receipts/[0-9a-f]{32}/\?download=1)"', page)
    return found[1] if found else ""


def problem_in(answer: httpx.Response) -> str:
    """The code a page refuses with."""
    found = re.search(r'data-problem="([\w.]+)"', answer.text)
    return found[1] if found else ""
