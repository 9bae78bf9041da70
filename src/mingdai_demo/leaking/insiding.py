"""An employee reads what the own tickets allow, one field at a time, and may write it down.

Every read goes through the confirmation page, is in the ledger first, and the borrower sees it.
"""

from __future__ import annotations

import html
import re

from mingdai.errors import Unavailable
from mingdai_demo.leaking.browsing import Browser
from mingdai_demo.leaking.passing import Row

NOTED = ("name", "mobile", "email")
"""What an employee may read on these tickets, and an insider writes down."""

_TICKET = re.compile(r'data-ticket="([0-9a-f-]{36})"')
_ONCE = re.compile(r'name="once" value="(\w+)"')
_VALUE = re.compile(r'data-value tabindex="-1">(.*?)</p>', re.DOTALL)
_TICKETS = "/console/tickets/"


def open_ticket(browser: Browser, application: str, reason: str) -> str:
    """A ticket for this application with what `NOTED` needs; its id."""
    path = f"{_TICKETS}open/"
    fields: dict[str, str | list[str]] = {
        "application": application,
        "reason": reason,
        "fields": list(NOTED),
    }
    answer = browser.sends(path, fields, at=path)
    return answer.url.path.split("/")[3]


def assign(browser: Browser, ticket: str, login: str) -> None:
    """Give the ticket to an employee."""
    path = f"{_TICKETS}{ticket}/"
    browser.sends(f"{path}assign/", {"login": login}, at=path)


def read_all(browser: Browser) -> list[Row]:
    """Name, number and address of everybody in the own queue."""
    tickets = dict.fromkeys(_TICKET.findall(browser.sees(_TICKETS)))
    return [tuple(_reveal(browser, each, code) for code in NOTED) for each in tickets]


def _reveal(browser: Browser, ticket: str, code: str) -> str:
    path = f"{_TICKETS}{ticket}/reveal/{code}/"
    once = _ONCE.search(browser.sees(path))
    page = browser.sends(path, {"once": once[1] if once else ""}, at=f"{_TICKETS}{ticket}/").text
    value = _VALUE.search(page)
    if value is None:
        raise Unavailable(
            code="demo.page",
            reason=f"ticket {ticket} shows no {code}",
            remedy="see said.log in the data folder",
        )
    return html.unescape(value[1]).strip()
