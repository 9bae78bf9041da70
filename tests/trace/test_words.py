from __future__ import annotations

import dataclasses

import pytest

from mingdai.trace.words import Attribution, Case, Copies, DecoyTrial, Draws, Evidence, People


@pytest.mark.parametrize("kind", [Attribution, Case, Copies, DecoyTrial, Draws, Evidence, People])
def test_what_attribution_takes_and_returns_cannot_change_on_the_way(kind):
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen


def test_a_case_has_no_place_for_a_value_of_a_person():
    named = {field.name for kind in (Case, People, Copies) for field in dataclasses.fields(kind)}

    assert named.isdisjoint({"name", "mobile", "id_no", "address", "email"})
