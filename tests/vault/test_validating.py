from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.errors import Invalid
from mingdai.vault.validating import age_on, clean, mask
from mingdai.words import FIELDS
from tests.vault.people import VALUES, bank_card, id_number

ID = id_number()

TAKEN = [
    ("name", "张三", "张三"),
    ("name", " 张 三 ", "张三"),
    ("name", "阿不都•热合曼", "阿不都·热合曼"),
    ("name", "𠮷野", "𠮷野"),
    ("mobile", "19900000001", "19900000001"),
    ("mobile", "+86 199-0000-0001", "19900000001"),
    ("mobile", "0086 19900000001", "19900000001"),
    ("mobile", "１９９" + "0" * 7 + "１", "19900000001"),
    # the worked example of GB 11643 carries check character X
    ("id_number", "11010519491231002x", "11010519491231002X"),
    ("id_number", ID, ID),
    ("id_number", f"{ID[:6]} {ID[6:14]} {ID[14:]}", ID),
    ("id_number", id_number("20000229"), id_number("20000229")),
    # ISO/IEC 7812-1's usual sample of a 16-digit number
    ("bank_card", "4111 1111 1111 1111", "4111111111111111"),
    ("bank_card", bank_card("999999000000000001"), bank_card("999999000000000001")),
    ("email", "Sample.Person@Mail.Example", "Sample.Person@mail.example"),
    ("id_valid_until", "2036.03.07", "2036-03-07"),
    ("id_valid_until", "长期", "长期"),
    ("address", "示例市  示例路1号", "示例市 示例路1号"),
]
REFUSED = [
    ("name", "张"),
    ("name", "Zhang San"),
    ("name", "张三1"),
    ("name", "·张三"),
    ("name", "张··三"),
    ("name", "张" * 31),
    ("mobile", "12900000001"),
    ("mobile", "1990000000"),
    ("mobile", "199000000011"),
    ("mobile", "+8619900000001x"),
    ("mobile", "१९९०००००००१"),
    ("id_number", "110105194912310021"),
    ("id_number", id_number("19900231")),
    ("id_number", id_number("20010229")),
    ("id_number", id_number("18991231")),
    ("id_number", ID[:17]),
    ("id_number", ID + "0"),
    ("bank_card", "4111111111111112"),
    ("bank_card", "411111111111111"),
    ("bank_card", "0" * 20),
    ("email", "a@b"),
    ("email", "a b@mail.example"),
    ("email", "a@mail.example\nbcc: b"),
    ("email", ".a@mail.example"),
    ("email", "x" * 65 + "@mail.example"),
    ("id_valid_until", "2036-02-30"),
    ("id_valid_until", "soon"),
    ("address", "路"),
    ("address", "示例" * 61),
    ("employer", "示例\x00厂"),
    ("monthly_income", ""),
]


@pytest.mark.parametrize(("code", "value", "cleaned"), TAKEN)
def test_a_well_formed_value_has_one_spelling(code, value, cleaned):
    assert clean(code, value) == cleaned
    assert clean(code, cleaned) == cleaned


@pytest.mark.parametrize(("code", "value"), REFUSED)
def test_what_is_not_well_formed_is_refused_without_repeating_it(code, value):
    with pytest.raises(Invalid) as caught:
        clean(code, value)

    assert caught.value.code == f"field.{code}"
    assert caught.value.field == code
    assert not value or value not in str(caught.value)


@pytest.mark.parametrize("code", ["contacts", "", "zodiac"])
def test_a_kind_outside_the_catalogue_is_refused(code):
    with pytest.raises(Invalid, match=r"field\.unknown"):
        clean(code, "whatever")


def test_every_field_of_the_catalogue_can_be_cleaned():
    assert [clean(each.code, VALUES[each.code]) for each in FIELDS] == list(VALUES.values())


def test_a_region_that_does_not_exist_is_refused():
    made_up = "999998" + ID[6:17]
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(made_up, weights, strict=True))

    with pytest.raises(Invalid, match="region"):
        clean("id_number", made_up + "10X98765432"[total % 11])


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_in_an_id_number_is_always_noticed(place, step):
    digit = str((int(ID[place]) + step) % 10)

    with pytest.raises(Invalid):
        clean("id_number", ID[:place] + digit + ID[place + 1 :])


@given(st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_in_a_card_is_always_noticed(place, step):
    card = bank_card()
    digit = str((int(card[place]) + step) % 10)

    with pytest.raises(Invalid):
        clean("bank_card", card[:place] + digit + card[place + 1 :])


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("20081123", date(2026, 11, 22), 17),
        ("20081123", date(2026, 11, 23), 18),
        ("20081124", date(2026, 11, 23), 17),
        ("20080229", date(2026, 2, 28), 17),
        ("20080229", date(2026, 3, 1), 18),
        ("20080229", date(2028, 2, 28), 19),
        ("20080229", date(2028, 2, 29), 20),
        ("20081231", date(2026, 12, 31), 18),
        ("20090101", date(2026, 12, 31), 17),
        ("20270101", date(2026, 12, 31), -1),
    ],
)
def test_a_year_is_full_on_the_birthday(birth, day, age):
    assert age_on(id_number(birth), day) == age


def test_an_age_without_a_date_is_refused():
    with pytest.raises(Invalid, match="no date"):
        age_on(id_number("20261399"), date(2026, 1, 1))


@pytest.mark.parametrize("code", VALUES)
def test_a_mask_never_shows_the_value(code):
    masked = mask(code, VALUES[code])

    assert VALUES[code] not in masked
    assert "*" in masked
    assert len(masked) <= 80


@given(st.text())
def test_any_text_is_cleaned_or_refused_and_nothing_else(text):
    for each in FIELDS:
        try:
            cleaned = clean(each.code, text)
        except Invalid:
            continue
        assert clean(each.code, cleaned) == cleaned
