import pytest

from mingdai.gate.marking_normals import normal
from mingdai.gate.marking_spellings import BY_FIELD, KINDS, MOST_PLACES, SPELLINGS, narrow, wide
from mingdai.words import FIELD_BY_CODE
from tests.gate.made_up import VALUES

BY_KIND = {each.kind: each for each in SPELLINGS}

ROWS = [
    ("name.space", "李华", ["李华", "李　华"]),
    ("name.dot", "阿依·买买提", ["阿依·买买提", "阿依•买买提"]),
    ("id_valid_until.dot", "2036-01-31", ["2036-01-31", "2036.01.31"]),
    ("address.order", "和路1号(青禾苑)3栋2室", ["和路1号(青禾苑)3栋2室", "和路1号3栋2室(青禾苑)"]),
    ("address.building", "1号3栋2单元401室", ["1号3栋2单元401室", "1号3-2-401"]),
    ("address.number", "和平路12号", ["和平路12号", "和平路№12"]),
    ("address.province", "云岭省明川市", ["云岭省明川市", "云岭省 明川市"]),
    ("address.city", "明川市和平路", ["明川市和平路", "明川市 和平路"]),
    ("address.district", "明川市东湖区和平路", ["明川市东湖区和平路", "明川市东湖区 和平路"]),
    ("address.bracket", "1号(青禾苑)", ["1号(青禾苑)", "1号（青禾苑）"]),
    ("address.width", "和路12号", ["和路12号", "和路１２号"]),
    ("employer.company", "示例有限公司", ["示例有限公司", "示例有限责任公司"]),
    ("employer.bracket", "示例(明川)厂", ["示例(明川)厂", "示例（明川）厂"]),
    ("employer.width", "示例A1厂", ["示例A1厂", "示例Ａ１厂"]),
    ("monthly_income.comma", "15,000 元以上", ["15,000 元以上", "15000 元以上"]),
    ("monthly_income.dash", "5,000–8,000 元", ["5,000–8,000 元", "5,000-8,000 元"]),
    ("amount.cents", "8000.00", ["8000.00", "8000"]),
    ("amount.comma", "8000.00", ["8000.00", "8,000.00"]),
]


@pytest.mark.parametrize(("kind", "value", "forms"), ROWS, ids=[row[0] for row in ROWS])
def test_each_kind_has_two_forms_that_read_back_and_mean_the_same(kind, value, forms):
    spelling = BY_KIND[kind]

    written = [spelling.write(value, {0: bit}) for bit in (0, 1)]

    assert written == forms
    assert spelling.places(value) == [0]
    assert [spelling.read(each)[0] for each in written] == [0, 1]
    assert {normal(spelling.field, each) for each in forms} == {normal(spelling.field, value)}


def test_every_kind_is_shown_above_and_named_once():
    assert [row[0] for row in ROWS] == [each.kind for each in SPELLINGS]
    assert len(set(KINDS)) == len(KINDS) == len(SPELLINGS) + 1


NOTHING = [
    ("name.space", "李小华"),
    ("address.order", "和路(南段)12号"),
    ("address.order", "和路1号(3期)2栋"),
    ("address.building", "3-2-401"),
    ("address.building", "A3栋2单元401室"),
    ("address.number", "和路12号3栋"),
    ("address.number", "和路12号楼"),
    ("address.number", "和路12号(青禾苑)3栋"),
    ("address.city", "菜场路8号"),
    ("employer.company", "示例股份有限公司"),
    ("amount.cents", "8000.50"),
    ("amount.comma", "800.00"),
    ("amount.comma", "1000000.00"),
]


@pytest.mark.parametrize(("kind", "value"), NOTHING)
def test_where_a_second_form_could_mean_something_else_there_is_none(kind, value):
    assert BY_KIND[kind].places(value) == []


def test_what_has_neither_form_reads_as_nothing():
    assert BY_KIND["address.width"].read("和路1２号") == (None,)
    assert BY_KIND["address.bracket"].read("1号(青禾苑）") == (None,)


def test_a_value_with_very_many_places_uses_the_first():
    text = "".join(f"{each}号" for each in range(9))

    assert BY_KIND["address.width"].places(text) == list(range(MOST_PLACES))


def test_only_fields_of_the_catalogue_and_the_amount_have_kinds():
    assert set(BY_FIELD) <= {*FIELD_BY_CODE, "amount"}
    assert set(BY_FIELD) == set(VALUES)
    assert not {"mobile", "id_number", "bank_card", "email"} & set(BY_FIELD)


def test_width_changes_signs_and_nothing_else():
    assert (wide("A1(号"), narrow("Ａ１（号")) == ("Ａ１（号", "A1(号")
