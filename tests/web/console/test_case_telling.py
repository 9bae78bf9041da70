from __future__ import annotations

import pytest

from mingdai.cases.columns import ROLES as SINGLE
from mingdai.cases.models import Attribution
from mingdai.web.console.case_telling import ROLES, STEPS, login_of, tell_list, tell_result
from mingdai.web.console.showing import WORDS
from tests.cases.world import employ
from tests.web.console.case_world import looked_at, named, received

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(data_folder):
    return data_folder


def test_every_step_state_and_kind_of_column_has_a_word():
    assert set(STEPS) <= WORDS["step"].keys()
    assert set(ROLES) <= WORDS["column"].keys()
    assert set(Attribution.State.values) == WORDS["attribution"].keys()
    assert {part for each in ROLES for part in each.split("+")} == set(SINGLE)


def test_a_result_is_told_by_rank_with_bits_of_design_apart_from_overlap():
    told = tell_result(named())

    first = told.lines[0]
    assert (first.place, first.id, first.named) == (1, "heyan-ml", True)
    assert first.designs == (("aliases", 3),)
    assert first.design_bits == 169
    assert [each.named for each in told.lines[1:]] == [False, False]
    assert {each.id for each in told.others} >= {"yunting"}
    assert (told.rows, told.matched, told.one_in) == (4, 3, 1000)


def test_a_list_is_told_by_columns_with_what_they_are_taken_for():
    told = tell_list(looked_at(received("联系电话,邮箱\n138****0001,a@b.example\n")))

    first, second = told.columns
    assert (first.role, first.shapes) == ("mobile", (("000****0000", 100),))
    assert (second.role, second.emails) == ("", True)
    assert (told.can_ask, told.waits, told.receiver) == (True, False, "anna")


def test_an_actor_is_called_by_the_log_in():
    anna = employ("anna")

    assert login_of(f"staff:{anna.pk}") == "anna"
    assert login_of("system") == "system"
