from dataclasses import replace

import pytest

from mingdai.audit.checks.capture_gaps import CUT_SHORT, check, gaps
from mingdai.audit.visits import Press, Stop
from tests.audit.checks.matter_of import matter, told
from tests.audit.visit_of import exchange


def stopped(found, code):
    return replace(found, visit=replace(found.visit, stop=Stop(code, code)))


def unread(found):
    return replace(found, opaque={"r1": "encrypted"})


def test_a_walk_to_the_end_has_no_gap():
    assert gaps(matter()) == []


def test_what_capture_missed_is_a_remark_that_reproaches_nobody():
    (remark,) = check(matter(unseen=("udp",)))

    assert remark.said.zh == "看不到：udp"
    assert (remark.as_json()["severity"], remark.is_violation) == ("info", False)


@pytest.mark.parametrize("code", sorted(CUT_SHORT))
def test_a_walk_cut_short_says_why(code):
    assert told(check(stopped(matter(), code))) == [f"走查提前结束：{CUT_SHORT[code]}。"]


@pytest.mark.parametrize("code", ["end", "bank_card", "face"])
def test_a_walk_that_ends_where_it_must_is_whole(code):
    assert gaps(stopped(matter(), code)) == []


def test_nothing_typed_is_a_gap():
    assert told(check(matter(typed=()))) == ["没有填入任何植入的资料。"]


def test_a_dead_end_is_a_gap_only_at_the_first_form():
    stuck = (Press(1, 20.0, "下一步", "submit", outcome="told"),)

    assert told(check(stopped(matter(presses=stuck), "dead_end"))) == ["没有走过第一张表单。"]
    assert gaps(stopped(matter(), "dead_end")) == []


def test_what_cannot_be_read_is_a_gap_where_it_went_to_another_company_after_typing():
    late = exchange(1, 31.0, "http://t.two.test/")

    (remark,) = check(unread(matter(late)))

    assert remark.said.zh == "发往 t.two.test 的内容读不懂（encrypted）。"
    assert remark.evidence[0].ref == "r1"


@pytest.mark.parametrize("change", [{"at": 5.0}, {"sent": False}, {"url": "http://api.one.test/"}])
def test_before_typing_unsent_or_to_its_own_company_is_no_gap(change):
    late = exchange(1, 31.0, "http://t.two.test/")

    assert gaps(unread(matter(replace(late, **change)))) == []
