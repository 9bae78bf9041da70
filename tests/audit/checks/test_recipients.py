from mingdai.audit.checks.recipients import check
from tests.audit.checks.matter_of import matter
from tests.audit.visit_of import MOBILE, exchange


def sent(number, host, at=31.0):
    body = f"m={MOBILE}".encode()
    return exchange(number, at, f"http://{host}/in", method="POST", body=body)


def test_each_company_behind_one_press_is_listed_with_its_fields():
    (remark,) = check(matter(sent(1, "api.lender.test"), sent(2, "api.other.test")))

    assert "2 家公司" in remark.said.zh
    assert "lender.test（sjh）" in remark.said.zh
    assert [each.kind for each in remark.evidence] == ["step", "exchange", "exchange"]


def test_its_own_server_is_no_recipient():
    assert list(check(matter(sent(1, "api.one.test")))) == []
