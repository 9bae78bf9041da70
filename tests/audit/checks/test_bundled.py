from mingdai.audit.checks.bundled import check, companies_covered
from mingdai.audit.visits import Box, Press
from tests.audit.checks.matter_of import matter, page
from tests.audit.visit_of import MOBILE, exchange

OWN = "运营方：青禾科技有限公司"
TWO = "同意将我的信息提供给云杉消费金融公司、白桦小额贷款公司"
ONE = "同意将我的信息提供给云杉消费金融公司"


def asked(*texts, exchanges=()):
    """A page of a known company with these boxes, all ticked before the press at 30."""
    boxes = tuple(
        Box(number, 1, 2.0, text, (), preticked=False, ticked_at=25.0)
        for number, text in enumerate(texts, start=1)
    )
    presses = (Press(1, 30.0, "下一步", "submit", outcome="moved"),)
    return matter(*exchanges, pages=(page(OWN),), boxes=boxes, presses=presses)


def sent(number, host):
    return exchange(number, 30.5 + number, f"http://{host}/?m={MOBILE}")


def test_one_box_for_two_companies_is_a_bundle():
    (remark,) = check(asked(TWO))

    assert remark.is_violation
    assert remark.said.zh == "一次同意涵盖 2 家其他公司：云杉消费金融公司、白桦小额贷款公司。"


def test_a_box_of_its_own_for_each_is_none():
    other = "同意将我的信息提供给白桦小额贷款公司"
    both = (sent(1, "t.two.test"), sent(2, "t.three.test"))

    assert list(check(asked(ONE, other, exchanges=both))) == []


def test_one_press_that_served_two_companies_is_a_bundle():
    found = asked(ONE, exchanges=(sent(1, "t.two.test"), sent(2, "t.three.test")))

    (remark,) = check(found)

    assert remark.said.zh == "一次点击后，2 家其他公司得到资料：two.test、three.test。"


def test_two_hosts_of_one_company_are_one_recipient():
    found = asked(ONE, exchanges=(sent(1, "a.two.test"), sent(2, "b.two.test")))

    assert list(check(found)) == []


def test_the_pages_own_company_is_not_covered():
    found = asked(f"同意将我的信息提供给青禾科技有限公司；{ONE}")

    assert companies_covered(found, found.consents[0]) == ["云杉消费金融公司"]
