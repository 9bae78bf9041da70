from mingdai.audit.checks.identity_in_url import check
from tests.audit.checks.matter_of import matter, told
from tests.audit.visit_of import MOBILE, exchange


def test_a_number_in_another_companys_address_is_found():
    seen = matter(exchange(1, 31.0, f"http://t.beacon.test/p?m={MOBILE}"))

    (remark,) = check(seen)

    assert (remark.severity, told([remark])) == (
        "medium",
        ["sjh 写在发往 t.beacon.test 的 URL 里。"],
    )


def test_a_number_handed_over_by_referer_is_found():
    headers = (("Referer", f"http://www.one.test/?m={MOBILE}"),)

    (remark,) = check(matter(exchange(1, 31.0, "http://t.beacon.test/p", headers=headers)))

    assert "Referer" in told([remark])[0]


def test_its_own_address_is_a_lesser_matter():
    (remark,) = check(matter(exchange(1, 31.0, f"http://www.one.test/next?m={MOBILE}")))

    assert remark.severity == "low"


def test_a_number_in_a_body_is_not_in_the_address():
    body = f'{{"m":"{MOBILE}"}}'.encode()
    sent = exchange(1, 31.0, "http://www.one.test/a", method="POST", body=body)

    assert list(check(matter(sent))) == []
