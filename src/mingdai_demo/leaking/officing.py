"""Employees at the console: open a case, receive a list into it, ask, approve, fetch the result."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pyotp

from mingdai.errors import Unavailable
from mingdai_demo.leaking.browsing import Browser
from mingdai_demo.leaking.hosting import wait_until

KEPT_DAYS = 30
_SELECT = re.compile(r'<select[^>]* name="(column-\d+)".*?</select>', re.DOTALL)
_DECOYED = re.compile(r'<dd>[^<]* <span class="mono">([\w.-]+)</span></dd>')
_CHOSEN = re.compile(r'<option value="([\w+]*)" selected')


@dataclass(frozen=True, slots=True)
class Found:
    """A list that turned up: its bytes, where, and when (aware)."""

    data: bytes
    source: str
    found_at: datetime


class Officer:
    """One employee and their browser."""

    def __init__(self, browser: Browser, login: str) -> None:
        """Not signed in yet."""
        self.browser, self.login = browser, login

    def sign_in(self, data: Path, *, at: datetime) -> None:
        """With the log-in, password and second factor of the demo's data folder."""
        every = json.loads((data / "demo.json").read_text(encoding="utf-8"))
        mine = next(each for each in every if each["login"] == self.login)
        fields: dict[str, str | list[str]] = {
            "login": self.login,
            "password": mine["password"],
            "totp": pyotp.TOTP(mine["totp"]).at(at),
        }
        self.browser.sends("/console/sign-in/", fields, at="/console/sign-in/")

    def decoyed(self) -> str:
        """Whose queue alone held the decoy that somebody wrote to, "" while nobody has."""
        page = self.browser.sees("/console/sightings/?grade=decoy")
        for sighting in re.findall(r'data-sighting="([0-9a-f-]{36})"', page):
            found = _DECOYED.search(self.browser.sees(f"/console/sightings/{sighting}/"))
            if found:
                return found[1]
        return ""

    def open_case(self, reason: str) -> str:
        """A new case; its address."""
        path = "/console/cases/new/"
        answer = self.browser.sends(path, {"reason": reason}, at=path)
        return answer.url.path

    def add_list(self, case: str, found: Found) -> str:
        """Receive a list into the case and wait until its columns were looked at; its address."""
        day = (found.found_at + timedelta(days=KEPT_DAYS)).date().isoformat()
        fields: dict[str, str | list[str]] = {
            "source": found.source,
            "found_at": found.found_at.isoformat(timespec="seconds"),
            "delete_on": day,
        }
        path = f"{case}lists/"
        files = {"file": ("list.csv", found.data, "text/csv")}
        page = self.browser.sends(path, fields, at=path, files=files).text
        [found_list] = re.findall(r'id="list-([0-9a-f-]{36})"', page)
        path = f"/console/lists/{found_list}/"
        wait_until(lambda: 'data-state="received"' not in self.browser.sees(path))
        return path

    def ask(self, found_list: str) -> str:
        """Ask for its attribution, with the columns as they were understood; its address."""
        page = self.browser.sees(found_list)
        fields: dict[str, str | list[str]] = {
            each[1]: (_CHOSEN.search(each[0]) or ["", ""])[1] for each in _SELECT.finditer(page)
        }
        answer = self.browser.sends(f"{found_list}ask/", fields, at=found_list)
        return answer.url.path

    def approve(self, attribution: str) -> None:
        """As the second person."""
        self.browser.sends(f"{attribution}approve/", {}, at=attribution)

    def result(self, attribution: str) -> dict[str, Any]:
        """What came of it, once it is there; raises Unavailable `demo.failed`."""

        def look() -> dict[str, Any]:
            answer = self.browser.http.get(f"{attribution}result.json")
            if answer.status_code == httpx.codes.OK:
                return dict(answer.json())
            page = self.browser.sees(attribution)
            if 'data-state="failed"' in page or 'data-state="cancelled"' in page:
                raise Unavailable(
                    code="demo.failed",
                    reason="the attribution failed",
                    remedy="see said.log in the data folder",
                )
            return {}

        return wait_until(look, seconds=300)
