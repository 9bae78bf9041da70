import pytest

from mingdai.audit.checks.wording.standing import Named, Standing, own_names, standings_of


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("本服务由青禾科技有限公司（以下简称“我们”）提供。", Standing.OWN),
        ("您与青禾科技有限公司签订本协议。", Standing.OWN),
        ("我们会将您的信息提供给青禾科技有限公司。", Standing.GIVEN),
        ("我们向青禾科技有限公司共享您的手机号。", Standing.GIVEN),
        ("本人授权青禾科技有限公司查询本人信息。", Standing.ALLOWED),
        ("青禾科技有限公司尊重您的隐私。", Standing.SUBJECT),
        ("地址在青禾科技有限公司楼下。", Standing.OTHER),
    ],
)
def test_the_sentence_gives_a_company_its_standing(text, standing):
    assert standings_of(text) == [Named("青禾科技有限公司", standing)]


def test_the_most_telling_standing_wins():
    text = "青禾科技有限公司尊重您。\n我们将信息提供给青禾科技有限公司。"

    assert standings_of(text) == [Named("青禾科技有限公司", Standing.GIVEN)]


def test_a_row_of_an_announced_list_is_allowed_and_a_bare_row_is_not():
    rows = "1、青禾科技有限公司\n2、云杉科技有限公司\n"

    assert {each.standing for each in standings_of("合作机构名单：\n" + rows)} == {Standing.ALLOWED}
    assert {each.standing for each in standings_of(rows)} == {Standing.OTHER}


def test_only_given_allowed_and_own_may_have_data():
    assert Named("青禾", Standing.GIVEN).is_recipient
    assert not Named("青禾", Standing.SUBJECT).is_recipient


def test_own_names_are_the_authors_alone():
    texts = ["运营方：青禾科技有限公司", "我们将信息提供给云杉科技有限公司。"]

    assert own_names(texts) == ["青禾科技有限公司"]
