"""An audit through the pages: a real walk of a real flow, watched, read, checked by axe."""

from __future__ import annotations

import random
import threading

import pytest
from django.db import connections

from mingdai.audit.models import Audit
from mingdai.cli.auditor import work_once
from mingdai.ledger.models import LedgerEntry
from mingdai_proofs.entries import EntryKind
from tests.audit.world.serving import World
from tests.audit.world.stories import STORIES
from tests.web.console.audit_world import audited, running
from tests.web.console.staff_world import at_work
from tests.web.test_stories import SIZES, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def walks_in(person: Person, login: str = "carl") -> None:
    cookie = at_work(login, "auditor").cookies["mingdai_session"].value
    person.page.context.add_cookies(
        [{"name": "mingdai_session", "value": cookie, "url": person.url}]
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_audits_is_accessible_and_fits(live_server, page, size, language):
    done, open_one = audited(), running()
    person = Person(page, live_server.url, size=size, language=language)
    walks_in(person)

    for name, address in {
        "audits": "/console/audits/",
        "audits-none": "/console/audits/?page=9",
        "audit-new": "/console/audits/new/",
        "audit-running": f"/console/audits/{open_one.pk}/",
        "audit-done": f"/console/audits/{done.pk}/",
    }.items():
        person.goes(address)
        person.looks(f"console-{name}")
    person.goes("/console/audits/new/")
    person.clicks("main form .btn-primary")
    person.looks("console-audit-refused")

    assert person.faults == []


@pytest.mark.slow
def test_an_audit_is_ordered_watched_to_its_end_and_recorded(live_server, page):
    person = Person(page, live_server.url, size="desk", language="en")
    walks_in(person)
    with World() as world:
        truth = STORIES["nested"](world, random.Random(4))  # noqa: S311
        person.goes("/console/audits/new/")
        page.fill("#url", truth.start)
        page.fill("#minutes", "2")
        person.clicks("main form .btn-primary")
        assert page.get_attribute("#progress", "data-state") == "queued"
        auditor = threading.Thread(target=walk_one)
        auditor.start()
        page.wait_for_selector(".walk-picture img", timeout=60_000)
        pictured = page.evaluate("document.querySelector('.walk-picture img').src")
        page.wait_for_selector("[data-verdict]", timeout=120_000)
        auditor.join()
    person.looks("console-audit-walked")

    audit = Audit.objects.get()
    assert "/files/screenshots/" in pictured
    assert page.get_attribute("[data-verdict]", "data-verdict") == audit.verdict == "fail"
    assert all(f"{host}" in page.inner_text(".hops") for hop in truth.hops for host in hop)
    assert LedgerEntry.objects.filter(kind=EntryKind.AUDITED).count() == 1
    assert person.faults == []


def walk_one() -> None:
    """What `mingdai auditor` does with one order."""
    work_once("test:0", threading.Event())
    connections.close_all()
