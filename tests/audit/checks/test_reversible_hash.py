import hashlib

from mingdai.audit.checks.reversible_hash import check
from tests.audit.checks.matter_of import matter
from tests.audit.visit_of import MOBILE, exchange

DIGEST = hashlib.md5(MOBILE.encode(), usedforsecurity=False).hexdigest()


def post(body):
    return exchange(1, 31.0, "http://api.two.test/hit", method="POST", body=body.encode())


def test_a_digest_with_eight_digits_is_undone_and_told():
    (remark,) = check(matter(post(f"mobile8={MOBILE[:8]}&md5={DIGEST}")))

    assert "只剩 1000 种可能" in remark.said.zh
    assert "8 位数字" in remark.said.zh
    assert MOBILE not in remark.said.zh + remark.said.en


def test_a_digest_alone_is_another_matter():
    assert list(check(matter(post(f"md5={DIGEST}")))) == []
