"""What a form asks for and what it takes back."""

from __future__ import annotations

from mingdai.web.filling import INPUTS, answers, questions
from mingdai.words import FIELD_BY_CODE


def test_every_field_of_the_catalogue_has_its_input():
    assert list(INPUTS) == list(FIELD_BY_CODE)


def test_only_registered_fields_are_asked():
    asked = questions({"name": "核对", "bank_card": ""}, {"name": "示**"})

    assert [each.code for each in asked] == ["name", "bank_card"]
    assert [each.is_required for each in asked] == [False, True]


def test_what_was_typed_comes_back_only_where_it_was_refused():
    asked = questions(
        {"name": "", "bank_card": ""},
        {},
        typed={"name": "甲", "bank_card": "1"},
        problems={"name": "x"},
    )

    assert [each.typed for each in asked] == ["甲", ""]


def test_answers_take_registered_codes_and_offered_choices_only():
    given = {"name": " 示例甲 ", "contacts": "all", "monthly_income": "a million", "email": ""}

    assert answers(given, ["name", "monthly_income", "email"]) == {"name": "示例甲"}
