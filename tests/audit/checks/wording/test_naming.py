from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.checks.wording.naming import core_of_name, mentions_in, names_in, same_name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本人同意将信息提供给青禾（某市）科技有限公司。", ["青禾（某市）科技有限公司"]),
        ("我们向云杉消费金融公司和白桦银行共享信息", ["云杉消费金融公司", "白桦银行"]),
        ("合作机构名单：云杉、白桦。", ["云杉", "白桦"]),
    ],
)
def test_companies_are_found_in_running_text(text, names):
    assert names_in(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "提供给持牌消费金融公司",
        "各大银行均可申请",
        "请填写您的银行卡号",
        "报送中国人民银行征信中心",
        "合作机构名单：详见协议。",
    ],
)
def test_kinds_of_company_cards_and_the_state_name_nobody(text):
    assert names_in(text) == []


def test_two_spellings_are_one_company_by_its_longest():
    assert names_in("青禾科技公司（下称我们）即青禾科技有限公司") == ["青禾科技有限公司"]


def test_a_core_leaves_legal_form_and_brackets_out():
    assert core_of_name("青禾（某市）科技有限公司") == "青禾科技"


def test_names_that_share_only_a_kind_are_two():
    assert same_name("青禾科技", "青禾科技有限公司")
    assert not same_name("青禾科技有限公司", "云杉科技有限公司")


@given(st.text(alphabet="青禾云杉银行公司向给、，。（）()提供合作机构：A1 \n", max_size=60))
def test_a_mention_is_a_slice_of_the_text_and_none_overlap(text):
    rows = mentions_in(text)

    assert all(text[each.start : each.end] == each.name for each in rows)
    assert all(one.end <= two.start for one, two in pairwise(rows))
