from mingdai.audit.checks.fan_out import check
from mingdai.audit.visits import Press
from tests.audit.checks.matter_of import matter
from tests.audit.visit_of import MOBILE, exchange


def sent(number, at, host):
    return exchange(number, at, f"http://{host}/?m={MOBILE}")


def test_one_submit_to_two_companies_counts_both():
    (remark,) = check(matter(sent(1, 31.0, "t.two.test"), sent(2, 32.0, "t.three.test")))

    assert "发给 2 个接收方" in remark.said.zh
    assert "t.two.test、t.three.test" in remark.said.zh
    assert {"r1", "r2"} <= {each.ref for each in remark.evidence}


def test_one_company_and_the_pages_own_is_no_fan_out():
    found = matter(sent(1, 31.0, "t.two.test"), sent(2, 32.0, "api.one.test"))

    assert list(check(found)) == []


def test_two_presses_with_one_company_each_are_none():
    presses = (Press(1, 30.0, "下一步", "submit"), Press(1, 35.0, "提交", "submit"))
    found = matter(sent(1, 31.0, "t.two.test"), sent(2, 36.0, "t.three.test"), presses=presses)

    assert list(check(found)) == []
