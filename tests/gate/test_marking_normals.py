import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.gate.marking_normals import normal, without_gaps
from tests.gate.made_up import VALUES, anything

ALIKE = [
    ("name", ["李华", "李 华", "李　华"]),
    ("name", ["阿依·买买提", "阿依•买买提", "阿依．买买提"]),
    ("id_valid_until", ["2036-01-31", "2036.01.31", "2036/01/31"]),
    ("address", ["和路12号", "和路№12", "和路１２号", "和路No12", "和路 12号"]),
    ("address", ["1号3栋2单元401室", "1号3-2-401", "1号３－２－４０１", "1号3幢2单元401室"]),
    ("address", ["和路1号（青禾苑）3栋", "和路1号3栋(青禾苑)"]),
    ("employer", ["示例(明川)有限公司", "示例（明川）有限责任公司"]),
    ("monthly_income", ["5,000–8,000 元", "5000-8000元", "5000－8000 元"]),
    ("amount", ["8000.00", "8,000", "8000", "８０００.0"]),
]


@pytest.mark.parametrize(("code", "texts"), ALIKE)
def test_spellings_of_one_value_have_one_normal_form(code, texts):
    assert len({normal(code, text) for text in texts}) == 1


UNLIKE = [
    ("address", "和路12号3栋", "和路1号23栋"),
    ("address", "和路1 2号", "和路12号"),
    ("address", "3-2-401", "32-401"),
    ("employer", "示例股份有限公司", "示例有限公司"),
    ("amount", "8000.50", "8000.00"),
    ("amount", "8000", "800"),
    ("id_valid_until", "2036-01-31", "2036-01-13"),
    ("mobile", "199 0000 1234", "19900001234"),
]


@pytest.mark.parametrize(("code", "one", "other"), UNLIKE)
def test_different_values_keep_different_normal_forms(code, one, other):
    assert normal(code, one) != normal(code, other)


@given(anything)
def test_a_normal_form_is_its_own_normal_form(drawn):
    code, text = drawn

    assert normal(code, normal(code, text)) == normal(code, text)


@given(VALUES["address"])
def test_the_numbers_of_an_address_are_those_of_its_normal_form(text):
    def numbers(each: str) -> list[str]:
        return re.findall(r"[0-9]+", unicodedata.normalize("NFKC", each))

    assert numbers(normal("address", text)) == numbers(text)


@given(st.text(alphabet="ab12 \u3000号路", max_size=30))
def test_gaps_go_except_those_that_keep_letters_or_digits_apart(text):
    plain = without_gaps(text)

    assert re.findall(r"[0-9a-b]+", plain) == re.findall(r"[0-9a-b]+", text)
    assert plain == without_gaps(plain)
