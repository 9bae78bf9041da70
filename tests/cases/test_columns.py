from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.cases.columns import FIELD_OF, ROLES, fields_of, mapping_of, shape
from mingdai.errors import Invalid
from mingdai.trace.reading import columns as engine
from mingdai.words import FIELD_BY_CODE


def test_the_roles_are_those_of_the_list_readers():
    assert ROLES == engine.ROLES
    assert set(FIELD_OF.values()) <= FIELD_BY_CODE.keys()


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("13812345678", "00000000000"),
        ("138****5678", "000****0000"),
        ("李某某", "字字字"),
        ("a.B-9@x.example", "a.a-0@a.aaaaaaa"),
        ("示例路 1 号", "字字字 0 字"),
        ("１３８", "000"),
        ("  ", ""),
    ],
)
def test_a_shape_keeps_the_form_alone(cell, form):
    assert shape(cell) == form


@given(st.text(max_size=60))
def test_no_shape_holds_a_digit_or_letter_of_its_cell(cell):
    kept = {each for each in shape(cell) if each.isalnum()}

    assert kept <= {"0", "a", "字"} | {
        each for each in kept if not each.isalpha() and each not in "123456789"
    }
    assert not kept & set("123456789bcdefghijklmnopqrstuvwxyz")


def test_a_mapping_takes_columns_by_role():
    assert mapping_of({0: ["name"], 2: ["mobile", "id_no"], 1: []}) == {
        "mobile": [2],
        "id_no": [2],
        "name": [0],
    }


def test_an_unknown_role_is_refused():
    with pytest.raises(Invalid, match=r"list\.columns"):
        mapping_of({0: ["bank_card"]})


@pytest.mark.parametrize(
    ("mapping", "fields"),
    [
        ({}, set()),
        ({"mobile": [0]}, {"mobile"}),
        ({"id_no": [0], "city": [1], "address": [2]}, {"id_number", "address"}),
        ({"name": [0], "amount": [1], "time": [2]}, {"name"}),
    ],
)
def test_only_the_fields_of_the_columns_are_read(mapping, fields):
    assert fields_of(mapping) == fields
