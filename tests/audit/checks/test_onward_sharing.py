from mingdai.audit.checks.onward_sharing import check
from tests.audit.checks.matter_of import agreement, matter

CLAUSE = "第三方可以将您的个人信息再次提供给其合作机构。"


def test_a_clause_that_lets_data_go_on_is_found_once():
    seen = matter(agreements=(agreement(CLAUSE), agreement(CLAUSE, page=2)))

    (remark,) = check(seen)

    assert [each.ref for each in remark.evidence] == ["agreements/001.txt"]


def test_a_clause_that_forbids_it_is_no_matter():
    clean = "接收方不得将您的个人信息再次提供给任何第三方。"

    assert list(check(matter(agreements=(agreement(clean),)))) == []
