from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.reporting.concealing import Concealer

FIELDS = {
    "sjh": "19900012345",
    "name": "王小明",
    "idno": "99999919900101123X",
    "email": "li.lei@mail.example.cn",
    "address": "浙江省杭州市西湖区示例路12号5栋601室",
    "income": "8000元每月",
}
CONCEALER = Concealer(parse_identity({"fields": FIELDS}))


def test_each_kind_is_masked_in_its_way():
    assert {each: CONCEALER.value(each) for each in FIELDS} == {
        "sjh": "199****2345",
        "name": "王**",
        "idno": "999*************3X",
        "email": "l***@mail.example.cn",
        "address": "浙江省***",
        "income": "8******",
    }
    assert CONCEALER.value("other") == ""


def test_every_spelling_in_a_text_is_masked():
    said = "199 0001 2345 and 199-0001-2345, 99999919900101123x, %E7%8E%8B%E5%B0%8F%E6%98%8E"

    assert CONCEALER.text(said) == "199****2345 and 199****2345, 999*************3X, 王**"


@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from(sorted(FIELDS.values())))))
def test_no_value_survives_in_any_text(parts):
    shown = CONCEALER.text("|".join(parts))

    assert not any(value in shown for value in FIELDS.values())
