"""A case through the pages: opened, a list uploaded, asked for, approved by another, read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from mingdai.cases.models import Attribution, FoundList
from mingdai.cases.queueing import claim
from tests.web.console.case_world import (
    approved,
    asked,
    carried_out,
    case,
    copies,
    lines,
    looked_at,
    named,
    nobody,
    received,
)
from tests.web.console.staff_world import at_work
from tests.web.test_stories import SIZES, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def walks_in(person: Person, login: str = "anna") -> None:
    cookie = at_work(login, "compliance").cookies["mingdai_session"].value
    person.page.context.add_cookies(
        [{"name": "mingdai_session", "value": cookie, "url": person.url}]
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_cases_is_accessible_and_fits(live_server, page, size, language):
    person = Person(page, live_server.url, size=size, language=language)
    walks_in(person)
    person.goes("/console/cases/")
    person.looks("cases-none")
    done = named()
    waiting = asked(looked_at(received("手机,金额\n19900000001,2万\n19900000002,3.5万\n")))
    fresh = case()

    for name, address in {
        "cases": "/console/cases/",
        "case-new": "/console/cases/new/",
        "case-empty": f"/console/cases/{fresh.pk}/",
        "list-new": f"/console/cases/{fresh.pk}/lists/",
        "case": f"/console/cases/{done.found_list.case_id}/",
        "attribution-waiting": f"/console/attributions/{waiting.pk}/",
        "attribution-named": f"/console/attributions/{done.pk}/",
    }.items():
        person.goes(address)
        person.looks(name)
    person.goes("/console/cases/new/")
    person.clicks("main form .btn-primary")
    person.looks("case-new-refused")
    looked_at(received("手机,金额\n19900000001,2万\n19900000002,3.5万\n", inside=fresh))
    person.goes(f"/console/cases/{fresh.pk}/")
    person.looks("case-columns")
    approved(waiting)
    claim(holder="here:1", at=timezone.now())
    Attribution.objects.filter(pk=waiting.pk).update(said="matching")
    person.goes(f"/console/attributions/{waiting.pk}/")
    person.looks("attribution-running")

    assert person.faults == []


def test_a_list_goes_from_its_arrival_to_a_result_by_two_people(live_server, page, tmp_path):
    everybody, one, _ = copies()
    file = tmp_path / "found.csv"
    file.write_bytes(lines(everybody, one, (0, 5, 6)).encode("gb18030"))
    person = Person(page, live_server.url, size="desk", language="en")
    walks_in(person)

    person.goes("/console/cases/new/")
    page.fill("#reason", "接到举报，网上有人出售一份名单")
    person.clicks("main form .btn-primary")
    person.clicks(".head-end a.btn-primary")
    page.fill("#source", "举报邮箱")
    page.set_input_files("#file", file)
    page.click("main form .btn-primary")
    page.wait_for_selector("[data-state=received]")
    looked_at(FoundList.objects.get())
    page.wait_for_selector("table.columns")
    assert page.input_value("[name=column-2]") == "mobile"
    person.clicks("form[action$='ask/'] .btn-primary")
    assert page.locator("form[action$='approve/']").count() == 0
    walks_in(person, "dora")
    page.reload()
    person.clicks("form[action$='approve/'] button")
    assert page.get_attribute("#progress", "data-state") == "queued"
    carried_out(Attribution.objects.get())
    page.wait_for_selector("[data-conclusion]")

    assert page.get_attribute("[data-conclusion]", "data-conclusion") == "named"
    assert page.locator("tr[data-recipient=heyan-ml] .tag-bad").count() == 1
    assert "leaked" not in page.inner_text("main").replace("does not say that it leaked", "")
    assert person.faults == []


def test_an_upload_that_is_refused_says_so_beside_the_field(live_server, page, tmp_path):
    file = tmp_path / "found.pdf"
    file.write_bytes(b"x" * 300_000)
    person = Person(page, live_server.url, size="phone", language="zh-hans")
    walks_in(person)
    fresh = case()

    person.goes(f"/console/cases/{fresh.pk}/lists/")
    page.fill("#source", "举报邮箱")
    page.set_input_files("#file", file)
    page.click("main form .btn-primary")
    page.wait_for_selector("#problem")
    person.looks("list-refused")

    assert page.get_attribute("#file", "aria-invalid") == "true"
    assert not FoundList.objects.exists()
    assert person.faults == []


def test_a_list_that_fits_nobody_says_so(live_server, page):
    person = Person(page, live_server.url, size="desk", language="en")
    walks_in(person)
    done = nobody()

    person.goes(f"/console/attributions/{done.pk}/")
    person.looks("attribution-none")

    assert page.get_attribute("[data-conclusion]", "data-conclusion") == "none"
    assert done.ended_at - done.asked_at < timedelta(hours=1)
    assert person.faults == []
