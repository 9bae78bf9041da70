from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from mingdai.accounts.models import Borrower
from mingdai.gate.disclosing import own_view
from mingdai.gate.models import Disclosure
from mingdai.web.console.filtering import PAGE, Filter, filter_in, turn
from tests.web.console.staff_world import applied, bury, disclosure_of


def asked(text: str) -> QueryDict:
    return QueryDict(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Filter()),
        ("to=yunting&kind=partner&state=dead", Filter("yunting", "partner", "dead")),
        ("kind=anything&state=lost", Filter()),
        (
            "since=2026-11-01&until=2026-11-30",
            Filter("", "", "", date(2026, 11, 1), date(2026, 11, 30)),
        ),
        ("since=yesterday&until=9999-12-31", Filter()),
    ],
)
def test_what_a_filter_does_not_know_it_leaves_out(text, expected):
    assert filter_in(asked(text)) == expected


def test_a_filter_is_an_address_again():
    wanted = Filter(to="yunting", since=date(2026, 11, 1))

    assert filter_in(asked(wanted.query)) == wanted


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["before=x", "after=-1", "before=99999999999999999999", "before=¹"]
)
def test_a_page_that_makes_no_sense_is_the_first(text):
    applied()

    assert len(turn(Filter(), asked(text)).rows) == 1


@pytest.mark.django_db
def test_each_choice_narrows_the_list():
    row = bury(disclosure_of(applied()))
    today = timezone.localdate(row.disclosed_at)
    day = timedelta(days=1)

    def count(**wanted) -> int:
        return len(turn(Filter(**wanted), asked("")).rows)

    assert count() == count(to=row.partner_id) == count(kind="partner") == count(state="dead") == 1
    assert count(since=today, until=today) == 1
    assert count(to="nobody") == count(kind="staff") == count(state="queued") == 0
    assert count(since=today + day) == count(until=today - day) == 0


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repeat(django_assert_num_queries):
    applied()
    borrower = Borrower.objects.get()
    for number in range(2 * PAGE):
        own_view(borrower.pk, codes=["name"], session_key=str(number), at=timezone.now())

    first = turn(Filter(), asked(""))
    second = turn(Filter(), asked(first.older))
    third = turn(Filter(), asked(second.older))
    back = turn(Filter(), asked(second.newer))

    seen = [each.pk for page in (first, second, third) for each in page.rows]
    assert len(seen) == len(set(seen)) == Disclosure.objects.count() == 2 * PAGE + 1
    assert (first.newer, third.older) == ("", "")
    assert [each.pk for each in back.rows] == [each.pk for each in first.rows]
    with django_assert_num_queries(1):
        turn(Filter(), asked(first.older))
