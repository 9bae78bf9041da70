from mingdai.audit.checks.risk_shifting import check
from tests.audit.checks.matter_of import agreement, matter


def test_a_clause_that_leaves_the_borrower_with_the_risk_is_found():
    clause = "因合作机构泄露信息造成的损失由用户自行承担。"

    (remark,) = check(matter(agreements=(agreement(clause),)))

    assert clause[:10] in remark.said.zh


def test_a_company_that_answers_for_itself_is_no_matter():
    clean = "因本公司泄露信息造成的损失，由本公司依法承担。"

    assert list(check(matter(agreements=(agreement(clean),)))) == []
