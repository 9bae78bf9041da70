from mingdai.audit.checks.hops import check
from mingdai.audit.visits import Hop
from tests.audit.checks.matter_of import matter, told


def hop(one, two, at=5.0):
    return Hop(one, two, "link", "pressed", at, 2, f"http://{two}/")


def test_one_move_is_told_without_reproach():
    (remark,) = check(matter(hops=(hop("www.one.test", "www.lender.test"),)))

    assert remark.severity == "info"
    assert "www.one.test → www.lender.test（link）" in told([remark])[0]


def test_a_nested_chain_asks_for_action():
    chain = (hop("www.one.test", "www.two.test"), hop("www.two.test", "www.three.test", 6.0))

    (remark,) = check(matter(hops=chain))

    assert remark.severity == "medium"
    assert "2 次" in told([remark])[0]


def test_hosts_of_one_company_are_no_border():
    (remark,) = check(matter(hops=(hop("www.one.test", "m.one.test"),)))

    assert remark.severity == "info"


def test_no_hop_no_remark():
    assert list(check(matter())) == []
