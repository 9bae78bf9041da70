"""What every number is computed from: counts of recipients, and nothing of people."""

from __future__ import annotations

import json

import pytest

from tests.trace.judged import named, nobody


def test_the_shares_of_the_error_add_up_to_one_at_most():
    shares = named()["inputs"]["shares"]

    assert set(shares) == {"draws", "decoys"}
    assert sum(sum(each.values()) for each in shares.values()) == pytest.approx(1, abs=1e-6)


def test_the_draws_of_a_recipient_are_counted_by_weight_and_probability():
    sum_ = named()["inputs"]["draws"]["P000"]

    assert sum_["unit"] == 1 / 8
    assert all(chance == 0.25 for _, chance, _ in sum_["groups"])
    assert sum(count for _, _, count in sum_["groups"]) <= 60


def test_the_kinds_of_trials_stand_beside_their_hits():
    inputs = named()["inputs"]

    assert inputs["trials"] == ["exact"]
    assert inputs["decoys"]["P000"][0][0] == 2


def test_every_recipient_that_held_anybody_has_its_figures():
    figures = named()["inputs"]["figures"]

    assert sorted(figures["of"]) == [f"P{each:03d}" for each in range(5)]
    assert {len(row) for row in figures["of"].values()} == {len(figures["names"])}


def test_a_list_that_fits_nobody_has_no_counts():
    inputs = nobody()["inputs"]

    assert inputs["draws"] == inputs["decoys"] == inputs["listed_and_held"] == {}
    assert json.dumps(inputs)
