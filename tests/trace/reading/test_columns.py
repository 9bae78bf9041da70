import pytest

from mingdai.errors import Invalid
from mingdai.trace.keys import Mapping
from mingdai.trace.reading.columns import correct, refuse_no_key, titled, understand

CITIES = {"广州", "深圳"}
MD5 = "d41d8cd98f00b204e9800998ecf8427e"


@pytest.mark.parametrize(
    ("rows", "titles", "mapping"),
    [
        ([("王伟强", "19900001234", "广州市")], (), Mapping(name=(0,), mobile=(1,), city=(2,))),
        ([("广州", "王*强", "199****1234")], (), Mapping(name=(1,), mobile=(2,), city=(0,))),
        ([("19900001234",)], (), Mapping(mobile=(0,))),
        ([("99999919900101123X", "1.2万")], (), Mapping(id_no=(0,), amount=(1,))),
        ([("2023-05-06", "19900001234")], (), Mapping(time=(0,), mobile=(1,))),
        ([(MD5,)], (), Mapping(mobile=(0,), id_no=(0,))),
        ([(MD5,)], ("sfz",), Mapping(id_no=(0,))),
        ([(MD5,)], ("手机号MD5",), Mapping(mobile=(0,))),
        ([("0123", "王伟强"), ("4567", "李娜")], (), Mapping(mobile=(0,), name=(1,))),
        ([("12000",), ("5000",)], ("amount",), Mapping(amount=(0,))),
        ([("1.99E+10", "王伟强")], (), Mapping(mobile=(0,), name=(1,))),
        (
            [("1", "19900001234"), ("2", "19900001235"), ("3", "19900001236")],
            (),
            Mapping(mobile=(1,)),
        ),
        ([("33", "19900001234"), ("41", "19900001235")], (), Mapping(mobile=(1,))),
        ([("19900001234", "19900005678")], (), Mapping(mobile=(0, 1))),
        ([("", "备注")], (), Mapping()),
    ],
)
def test_columns_are_understood_from_cells_and_titles(rows, titles, mapping):
    assert understand(rows * 3 if len(rows) == 1 else rows, titles, CITIES) == mapping


def test_a_column_may_mix_whole_masked_and_hashed():
    rows = [("19900001234",), ("199****1234",), (MD5,), ("1234",), ("",), ("无",)]

    assert understand(rows, (), CITIES).mobile == (0,)


@pytest.mark.parametrize(
    ("title", "role"),
    [("手机号", "mobile"), ("联系电话", "mobile"), ("Phone", "mobile"), ("身份证号", "id_no"),
     ("id_card", "id_no"), ("客户姓名", "name"), ("所在城市", "city"), ("贷款金额", "amount"),
     ("created_at", "time"), ("家庭住址", "address"), ("备注", "")],
)  # fmt: skip
def test_a_title_speaks_of_a_role(title, role):
    assert titled(title) == role


READ = Mapping(mobile=(1,), name=(0,), amount=(2,))


@pytest.mark.parametrize(
    ("wish", "mapping"),
    [
        ("", READ),
        ("mobile=3", Mapping(mobile=(2,), name=(0,))),
        ("mobile=3,name=2", Mapping(mobile=(2,), name=(1,))),
        ("mobile=2, mobile=3", Mapping(mobile=(1, 2), name=(0,))),
        ("none=3", Mapping(mobile=(1,), name=(0,))),
    ],
)
def test_a_person_corrects_the_reading(wish, mapping):
    assert correct(READ, wish) == mapping


@pytest.mark.parametrize("wish", ["phone=1", "mobile", "mobile=0", "mobile=x", "mobile=201", "=1"])
def test_a_correction_that_says_nothing_is_refused(wish):
    with pytest.raises(Invalid, match="list.columns"):
        correct(READ, wish)


@pytest.mark.parametrize(
    "mapping", [Mapping(mobile=(0,)), Mapping(id_no=(0,)), Mapping(name=(0,), city=(1,))]
)
def test_a_list_with_a_key_is_taken(mapping):
    refuse_no_key(mapping)


@pytest.mark.parametrize("mapping", [Mapping(), Mapping(name=(0,)), Mapping(city=(0,), time=(1,))])
def test_a_list_without_a_key_is_refused(mapping):
    with pytest.raises(Invalid, match="list.no_key"):
        refuse_no_key(mapping)
