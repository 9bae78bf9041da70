from mingdai.audit.checks.catch_all import check
from tests.audit.checks.matter_of import agreement, matter

BLANKET = "我们可能将您的个人信息提供给合作机构。"


def test_an_agreement_for_a_kind_of_company_is_remarked_with_its_words():
    (remark,) = check(matter(agreements=(agreement("本协议。"), agreement(BLANKET))))

    assert BLANKET in remark.said.zh
    assert remark.evidence[0].ref == "agreements/002.txt"
    assert not remark.is_violation


def test_the_same_text_behind_two_links_is_told_once():
    twice = (agreement(BLANKET), agreement(BLANKET, title="《授权书》"))

    assert len(list(check(matter(agreements=twice)))) == 1


def test_an_agreement_that_names_its_recipient_or_promises_not_to_is_none():
    named = agreement("我们将您的手机号提供给云杉消费金融公司。")
    never = agreement("我们不会将您的个人信息提供给任何第三方。")

    assert list(check(matter(agreements=(named, never)))) == []
