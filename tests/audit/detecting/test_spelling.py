import pytest

from mingdai.audit.detecting.identity import Kind, Planted
from mingdai.audit.detecting.spelling import clear_needles, core_of, street_of


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("浙江省杭州市西湖区示例路12号5栋601室", "示例路12号"),
        ("北京市朝阳区虚构巷3号", "虚构巷3号"),
        ("上海市浦东新区样本大道188弄7号", "样本大道188弄"),
        ("湖北省黄冈市红安县测试东路9号", "测试东路9号"),
        ("浙江省 杭州市 西湖区 示例路 12 号", "示例路12号"),
    ],
)
def test_the_street_and_number_part_is_what_counts(address, street):
    assert street_of(address) == street


@pytest.mark.parametrize(("kind", "value"), [(Kind.DIGITS, "8000"), (Kind.TEXT, "abc")])
def test_a_value_too_common_to_search_has_no_needles(kind, value):
    planted = Planted("income", value, kind)

    assert core_of(planted) == ""
    assert list(clear_needles(planted)) == []


def test_a_chinese_name_is_spelled_in_every_character_set():
    needles = list(clear_needles(Planted("name", "王小明", Kind.NAME)))

    assert {"utf-8", "gbk", "utf-16-le", "utf-16-be"} <= {each.charset for each in needles}
