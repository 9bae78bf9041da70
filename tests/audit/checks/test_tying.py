from mingdai.audit.checks.tying import others_in, tie
from tests.audit.checks.matter_of import agreement, matter, page
from tests.audit.visit_of import visit

TEXT = "您同意我们将手机号提供给示例云亭消费金融有限公司用于贷款审批。"
FOOTER = "© 示例一号科技有限公司 版权所有"


def seen(text=TEXT, *, declared=(), pages=()):
    first = page(FOOTER)
    return matter(agreements=(agreement(text),), pages=(first, *pages), declared=declared)


def test_the_company_a_text_names_is_another_and_its_author_is_not():
    about = seen()

    assert [each.name for each in others_in(about, about.consents)] == ["示例云亭消费金融有限公司"]


def test_a_host_that_calls_itself_by_that_name_is_named():
    lender = page("示例云亭消费金融有限公司", number=2, host="www.yunting.test")
    about = seen(pages=(lender,))

    tied = tie(about, about.consents, ["www.yunting.test"])

    assert (tied.named, tied.unnamed) == (("www.yunting.test",), ())


def test_a_host_that_calls_itself_otherwise_is_not_named():
    other = page("© 示例别家小额贷款有限公司 版权所有", number=2, host="www.other.test")
    about = seen(pages=(other,))

    assert tie(about, about.consents, ["www.other.test"]).unnamed == ("www.other.test",)


def test_more_recipients_than_names_leaves_some_unnamed():
    about = seen()

    tied = tie(about, about.consents, ["a.alpha.test", "b.beta.test"])

    assert len(tied.unknown) == 1
    assert len(tied.unnamed) == 1


def test_a_name_that_stands_with_its_site_speaks_of_no_other_host():
    text = TEXT.replace("公司用于", "公司（网址 http://m.alpha.test）用于")
    about = seen(text)

    tied = tie(about, about.consents, ["m.alpha.test", "b.beta.test"])

    assert (tied.named, tied.unknown, tied.unnamed) == (("m.alpha.test",), (), ("b.beta.test",))
    assert tie(about, about.consents, ["b.beta.test"]).unnamed == ("b.beta.test",)


def test_the_pages_own_address_beside_a_name_ties_it_to_nobody():
    text = TEXT.replace("公司用于", "公司（详见 http://www.one.test/list）用于")
    about = seen(text)

    assert tie(about, about.consents, ["b.beta.test"]).unknown == ("b.beta.test",)


def test_a_declared_host_is_named():
    about = seen(declared=["alpha.test"])

    assert tie(about, about.consents, ["a.alpha.test"]).named == ("a.alpha.test",)


def test_a_visit_without_consents_ties_nobody():
    assert visit().boxes
    about = matter(boxes=(), presses=())

    assert tie(about, about.consents, ["a.alpha.test"]).unnamed == ("a.alpha.test",)
