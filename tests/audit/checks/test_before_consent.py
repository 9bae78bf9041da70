from dataclasses import replace

from mingdai.audit.checks.before_consent import check
from tests.audit.checks.matter_of import matter, told
from tests.audit.visit_of import MOBILE, exchange

EARLY = exchange(1, 12.0, f"http://t.two.test/?m={MOBILE}")


def test_what_another_company_got_too_early_is_a_violation():
    (remark,) = check(matter(EARLY))

    assert remark.is_violation
    assert remark.said.zh == "用户同意之前，页面已向 t.two.test 发送 sjh。"
    assert "r1" in [each.ref for each in remark.evidence]


def test_what_was_held_back_is_told_as_an_attempt():
    held = replace(EARLY, sent=False, status=0, blocked="not allowed")

    assert told(check(matter(held))) == ["用户同意之前，页面试图向 t.two.test 发送 sjh。"]


def test_one_company_is_told_once():
    assert len(list(check(matter(EARLY, replace(EARLY, request_id="r2", at=13.0))))) == 1


def test_after_consent_or_to_the_pages_own_company_is_no_remark():
    own = exchange(2, 12.0, f"http://api.one.test/?m={MOBILE}")

    assert list(check(matter(replace(EARLY, at=31.0), own))) == []
