from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from mingdai.gate.aliasing import end_aliases
from mingdai.mail.judging import Checks, judge_due
from mingdai_demo.leaking.borrowing import Borrower
from mingdai_demo.leaking.browsing import Browser
from mingdai_demo.leaking.people import Person
from tests.mail.post import STRANGER, envelope, resolver, write
from tests.mail.world import put
from tests.web.post import make_reader, receive

pytestmark = pytest.mark.django_db(transaction=True)

SOMEBODY = Person("示例张三", "19900000001", "", "", "")


@pytest.fixture
def post(client):
    return make_reader(client)


@pytest.fixture
def borrower(post, client, live_server):
    with Browser(live_server.url) as browser:
        name = settings.SESSION_COOKIE_NAME
        browser.http.cookies.set(name, client.cookies[name].value)
        yield Borrower(browser, SOMEBODY)


def test_a_borrower_reads_who_wrote_and_what_it_is(post, borrower):
    receive(post)

    letters = borrower.letters()

    assert len(letters) == 3
    assert {each.split()[-1] for each in letters} == {
        "是这家机构发的",
        "别人发的，发件人属实",
        "无法证实发件人，可能是冒充",
    }


def test_a_sighting_says_to_whom_alone_the_address_was_given(post, borrower):
    receive(post)

    seen = borrower.sightings()

    assert {each.grade for each in seen} == {"别人发的，发件人属实", "无法证实发件人，可能是冒充"}
    assert all(each.headline.startswith("这个地址只给过") for each in seen)
    assert all("这不等于就是它泄露的" in each.text for each in seen)


def test_an_address_that_has_ended_is_told_apart(post, borrower):
    now = timezone.now()
    application = post.alias.application_id
    end_aliases(post.borrower.pk, application_id=application, at=now - timedelta(hours=1))
    raw = STRANGER.sign(write("sales@chengdai.example", "you"))
    put(raw, post.address, envelope("sales@chengdai.example"), at=now)
    judge_due(Checks(resolver()), at=now + timedelta(seconds=1))

    assert [each.grade for each in borrower.sightings()] == ["地址已停用，仍有人写信"]


def test_the_alias_is_found_where_the_borrower_finds_it(post, borrower):
    lender = post.alias.partner.legal_name

    assert borrower.alias_for(lender) == post.address
    assert borrower.alias_for("别的机构") == ""
