from mingdai.audit.checks.missing_agreement import check
from mingdai.audit.visits import Link
from tests.audit.checks.matter_of import agreement, matter, told


def test_a_form_without_any_text_is_told():
    assert told(check(matter())) == ["页面没有可读的告知或协议。"]


def test_an_agreement_that_opens_is_enough():
    assert list(check(matter(agreements=(agreement("本公司处理您的信息。"),)))) == []


def test_a_name_without_a_link_is_told_by_its_name():
    bare = agreement("", link=Link("《隐私政策》", "", plain=True), dead="not a link")

    assert told(check(matter(agreements=(bare,)))) == ["页面只写了 《隐私政策》，没有链接。"]
