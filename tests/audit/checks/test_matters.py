from mingdai.audit.checks.matters import is_one_of, others_named
from mingdai.audit.checks.wording.standing import standings_of
from tests.audit.checks.matter_of import agreement, matter, page
from tests.audit.visit_of import MOBILE, exchange

TEXT = "您同意我们将手机号提供给示例云亭消费金融有限公司用于贷款审批。"


def about():
    sent = exchange(1, 31.0, "http://api.two.test/a", method="POST", body=f"m={MOBILE}".encode())
    return matter(
        sent,
        agreements=(agreement(TEXT),),
        pages=(page("© 示例一号科技有限公司 版权所有", screenshots=("screenshots/001.png",)),),
    )


def test_the_parts_of_a_matter_point_to_their_evidence():
    seen = about()
    (row,) = seen.third_parties

    assert row.recipient_host == "api.two.test"
    assert [each.ref for each in seen.sent_by(row)] == ["r1"]
    assert seen.page_ref(1).ref == "pages/001.txt"
    assert [each.ref for each in seen.pictures(1)] == ["screenshots/001.png"]
    assert seen.step_at(5.0).ref == "0"
    assert seen.own_of("www.one.test") == ("示例一号科技有限公司",)


def test_an_act_counts_what_companies_got_by_one_press():
    acts = [act for act in about().acts if act.egress]

    assert [list(act.recipients) for act in acts] == [["two.test"]]


def test_the_pages_own_company_is_no_other():
    seen = about()
    (consent, *_) = seen.consents

    named = others_named(seen, consent, list(standings_of(consent.whole)))

    assert "示例云亭消费金融有限公司" in [each.name for each in named]
    assert is_one_of("示例一号科技有限公司", seen.own_of("www.one.test"))
    assert not any(is_one_of(each.name, seen.own_of("www.one.test")) for each in named)
