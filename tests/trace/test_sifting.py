from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq
import pytest

from mingdai.trace.keys import normalised
from mingdai.trace.matching import match
from mingdai.trace.reading.columns import understand
from mingdai.trace.reading.tables import load_list
from mingdai.trace.reading.worlds import connect, open_world
from mingdai.trace.sifting import decoy_trials
from tests.trace.worlds import Shape, make_world
from tests.trace.writing import make_persons, write_world


@pytest.fixture(scope="module")
def baited(tmp_path_factory):
    """A world of eight recipients with two decoys each, and its files."""
    folder = tmp_path_factory.mktemp("baited")
    made = make_world(Shape(partners=8, people=1500, decoys=2), 5)
    write_world(made, make_persons(made, 5), folder)
    world = open_world(connect(), folder / "borrowers.parquet", folder / "ledger.parquet")
    return made, world, folder


def numbers_of(folder, people):
    rows = pq.read_table(folder / "borrowers.parquet").to_pylist()
    wanted = {int(person) + 1000 for person in people}
    return [row["mobile"] for row in rows if row["borrower_id"] in wanted and row["version"] == 0]


def trials_of(baited, lines, until=None):
    _, world, folder = baited
    path = folder / "list.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    loaded = load_list(world.con, path)
    mapping = understand(loaded.sample, loaded.titles, world.cities)
    matched = match(world, normalised(loaded.table, mapping))
    log = world.ledger if until is None else world.ledger.filter(world.ledger["at"] < until)
    return decoy_trials(world, matched, log)


def decoys_of(made, partner):
    at = made.decoy[made.person] & (made.partner == partner)
    return made.person[at]


def real_people(made):
    return np.flatnonzero(~made.decoy)[:300]


def test_a_whole_number_of_a_decoy_is_a_hit_hardly_ever_guessed(baited):
    made, _, folder = baited
    lines = numbers_of(folder, [*real_people(made), decoys_of(made, 3)[0]])

    (exact,) = trials_of(baited, lines)

    assert exact.kind == "exact"
    assert exact.hits.tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    assert exact.chance.max() < 1e-6


def test_a_list_of_real_people_hits_no_decoy(baited):
    made, _, folder = baited

    trials = trials_of(baited, numbers_of(folder, real_people(made)))

    assert all(not trial.hits.any() for trial in trials)


def test_masked_numbers_are_guessed_ten_thousand_times_easier(baited):
    made, _, folder = baited
    whole = numbers_of(folder, [*real_people(made), *decoys_of(made, 3)])

    trials = trials_of(baited, [f"{each[:3]}****{each[7:]}" for each in whole])

    masked = next(trial for trial in trials if trial.kind == "masked")
    assert masked.chance.max() > 1e-4


def test_strangers_around_a_decoy_make_it_easier_to_guess(baited):
    made, _, folder = baited
    (number,) = numbers_of(folder, decoys_of(made, 3)[:1])
    near = [f"{number[:7]}{tail:04d}" for tail in range(0, 10_000, 20)]

    trials = trials_of(baited, [*near, number])

    assert trials[0].hits[3] == 1
    assert trials[0].chance[3] > 0.04


def test_before_any_decoy_was_placed_there_is_nothing_to_hit(baited):
    made, _, folder = baited

    assert trials_of(baited, numbers_of(folder, real_people(made)), until=0) is None
