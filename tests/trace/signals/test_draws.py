from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingdai.trace.signals.draws import weigh_draws
from mingdai.trace.words import Draws
from tests.trace.cases import make_case

SIZE = 12
PEOPLE = 150


def held_at_random(rng):
    """One to three chosen recipients for each person."""
    return [
        (person, int(partner))
        for person in range(PEOPLE)
        for partner in rng.choice(SIZE, rng.integers(1, 4), replace=False)
    ]


def redraw(rng, pairs):
    """A fresh uniform draw for each person among recipients that do not hold it."""
    own = {person: {r for p, r in pairs if p == person} for person in range(PEOPLE)}
    answers = []
    for person in range(PEOPLE):
        free = [r for r in range(SIZE) if r not in own[person]]
        answers.append((person, int(rng.choice(free)), 1 / len(free)))
    return answers


def with_draws(case, drawn, listed):
    place = {person: at for at, person in enumerate(listed)}
    some = [(place[p], r, e) for p, r, e in drawn if p in place]
    person, partner, chance = zip(*some, strict=True)
    return replace(case, draws=Draws(np.array(person), np.array(partner), np.array(chance)))


@pytest.mark.parametrize("weighted", ["plain", "sharpened"])
def test_when_nobody_leaked_small_p_values_are_as_rare_as_they_say(weighted):
    """The list favours whatever it likes of what a stranger can know; the draw it cannot know."""
    rng = np.random.default_rng(11)
    pairs = held_at_random(rng)
    favoured = {person for person, partner in pairs if partner < 3}
    listed = sorted(favoured | set(range(0, PEOPLE, 5)))
    case = make_case(SIZE, PEOPLE, pairs, listed)
    seen = []
    for _ in range(250):
        drawn = with_draws(case, redraw(rng, pairs), listed)
        chances = rng.random(len(drawn.draws.person)), rng.random(SIZE)
        test = weigh_draws(drawn, *chances) if weighted == "sharpened" else weigh_draws(drawn)
        seen.append(test.p_value)
    p_values = np.array(seen)

    for level in (0.2, 0.05, 0.01):
        trials = p_values.size
        assert (p_values <= level).mean() <= level + 4 * np.sqrt(level / trials)
    assert (p_values.min(axis=1) <= 0.05 / SIZE).mean() <= 0.05 + 4 * np.sqrt(0.05 / 250)


def test_a_leak_of_drawn_people_is_seen():
    rng = np.random.default_rng(5)
    pairs = held_at_random(rng)
    drawn = redraw(rng, pairs)
    listed = [person for person, partner, _ in drawn if partner == 4]

    found = weigh_draws(make_case(SIZE, PEOPLE, pairs, listed, draws=drawn))

    assert found.p_value[4] < 1e-6
    assert (np.delete(found.p_value, 4) == 1.0).all()


def test_people_it_chose_to_hold_do_not_count_as_drawn():
    pairs = [(person, 0) for person in range(40)]
    drawn = [(person, 0, 0.1) for person in range(40)]

    found = weigh_draws(make_case(3, 40, pairs, list(range(40)), draws=drawn))

    assert found.drawn[0] == 0
    assert found.p_value[0] == 1.0


def test_without_draws_every_p_value_is_one():
    found = weigh_draws(make_case(3, 5, [(0, 0), (1, 1)], [0, 1]))

    assert found.p_value.tolist() == [1.0, 1.0, 1.0]


@settings(max_examples=40, deadline=None)
@given(hits=st.integers(0, 30), others=st.integers(0, 30), chance=st.floats(0.01, 0.5))
def test_more_hits_never_weaken_the_evidence(hits, others, chance):
    def p_of(count):
        drawn = [(person, 0 if person < count else 1, chance) for person in range(count + others)]
        listed = list(range(count + others))
        case = make_case(2, len(listed) or 1, [], listed, draws=drawn)
        return float(weigh_draws(case).p_value[0])

    assert p_of(hits + 1) <= p_of(hits) + 1e-9


def test_a_draw_that_is_logged_twice_counts_once():
    once = [(person, 0, 0.25) for person in range(20)]
    case = make_case(4, 20, [], list(range(20)), draws=once)
    twice = make_case(4, 20, [], list(range(20)), draws=[*once, *once])

    assert weigh_draws(twice).p_value.tolist() == weigh_draws(case).p_value.tolist()


@pytest.mark.parametrize("slip", [0.0, -1.0, 2.0, float("nan")])
def test_a_draw_without_a_probability_says_nothing(slip):
    drawn = [(person, 0, slip) for person in range(20)]

    found = weigh_draws(make_case(4, 20, [], list(range(20)), draws=drawn))

    assert found.p_value.tolist() == [1.0] * 4


def test_no_draw_is_taken_for_rarer_than_one_among_all():
    drawn = [(person, 0, 1e-9) for person in range(3)]

    found = weigh_draws(make_case(4, 3, [], [0, 1, 2], draws=drawn))

    assert found.p_value[0] == pytest.approx(0.25**3, abs=1e-9)
