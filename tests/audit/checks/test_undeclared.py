from mingdai.audit.checks.undeclared import check
from tests.audit.checks.matter_of import matter
from tests.audit.visit_of import MOBILE, exchange


def post(host):
    return exchange(1, 31.0, f"http://{host}/a", method="POST", body=f"m={MOBILE}".encode())


def test_a_recipient_that_nothing_names_fails_the_flow():
    (remark,) = check(matter(post("api.two.test")))

    assert remark.is_violation
    assert "api.two.test 得到 sjh" in remark.said.zh


def test_a_declared_recipient_is_no_matter():
    assert list(check(matter(post("api.two.test"), declared=["two.test"]))) == []


def test_the_page_itself_is_no_recipient():
    assert list(check(matter(post("api.one.test")))) == []
