from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingdai.trace.grouping import group_alike
from tests.trace.cases import make_case


def case_of(*held):
    """Recipients that hold these ranges of people."""
    pairs = [(person, partner) for partner, some in enumerate(held) for person in some]
    return make_case(len(held), 1000, pairs, [0])


def test_recipients_with_nearly_the_same_people_are_one_group():
    found = group_alike(case_of(range(100), range(2, 100), range(500, 600)))

    assert found == ((0, 1),)


def test_a_small_recipient_inside_a_large_one_stands_alone():
    assert group_alike(case_of(range(300), range(100))) == ()


def test_a_handful_of_people_makes_no_group():
    assert group_alike(case_of(range(10), range(10))) == ()


def test_draws_do_not_hide_that_two_chose_the_same_people():
    pairs = [(person, partner) for person in range(50) for partner in (0, 1)]
    drawn = [(person, 1, 0.5) for person in range(50, 100)]

    assert group_alike(make_case(2, 100, pairs, [0], draws=drawn)) == ((0, 1),)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=6))
def test_nobody_is_in_two_groups(starts):
    found = group_alike(case_of(*(range(start, start + 60) for start in starts)))

    members = [each for group in found for each in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in found)
