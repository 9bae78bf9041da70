from __future__ import annotations

import pytest
from django.http import QueryDict

from mingdai.accounts.models import Staff
from mingdai.trace.models import Grade, Sighting
from mingdai.web.console import sighting_filtering
from mingdai.web.console.sighting_filtering import (
    GRADES,
    STANDINGS,
    Filter,
    filter_in,
    standing_of,
    turn,
    visible,
)
from tests.conftest import NOON
from tests.web.console.sighting_world import every_grade
from tests.web.console.staff_world import employ

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(data_folder) -> Staff:
    return employ("anna", "compliance")


def turned(anna, query: str = "") -> sighting_filtering.Turned:
    given = QueryDict(query)
    return turn(filter_in(given), anna, given)


def test_what_a_filter_does_not_know_it_leaves_out():
    assert filter_in(QueryDict("grade=guilty&standing=x")) == Filter()
    wanted = filter_in(QueryDict("grade=decoy&lender=heyan-ml&standing=explained"))
    assert wanted.query == "grade=decoy&lender=heyan-ml&standing=explained"


def test_each_grade_is_found_by_its_filter(anna):
    found = every_grade()

    assert set(found) == set(GRADES)
    for grade in GRADES:
        assert [each.grade for each in turned(anna, f"grade={grade}").rows] == [grade]
    assert len(turned(anna, "lender=heyan-ml").rows) == len(GRADES)
    assert turned(anna, "lender=other").rows == []


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        ({}, "unanswered"),
        ({"answer": "investigating"}, "investigating"),
        ({"answer": "not_ours"}, "answered"),
        ({"answer": "our_service", "explained_at": NOON}, "explained"),
        ({"explained_at": NOON}, "explained"),
    ],
)
def test_a_sighting_stands_in_exactly_one_place(anna, change, standing):
    every_grade()
    Sighting.objects.update(**change)

    assert {standing_of(each) for each in Sighting.objects.all()} == {standing}
    for name in STANDINGS:
        rows = turned(anna, f"standing={name}").rows
        assert bool(rows) == (name == standing)


def test_pages_follow_the_entries_and_turn_back(anna, monkeypatch):
    monkeypatch.setattr(sighting_filtering, "PAGE", 2)
    every_grade()
    newest = list(Sighting.objects.order_by("-entry_id"))

    first = turned(anna)
    second = turned(anna, first.older)
    back = turned(anna, second.newer)

    assert [*first.rows, *second.rows] == newest
    assert (first.newer, second.older, back.rows) == ("", "", first.rows)


def test_nobody_sees_what_came_of_a_decoy_in_their_own_queue(anna, data_folder):
    found = every_grade()[Grade.DECOY]
    found.alias.recipient_kind, found.alias.recipient_id = "staff", f"staff:{anna.pk}"
    found.alias.save()

    assert not visible(anna).exists()
    assert visible(employ("dora", "compliance")).filter(pk=found.pk).exists()
