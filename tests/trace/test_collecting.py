"""From matched rows to a case: who counts, whose copies could show what is shown."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pyarrow as pa
import pytest

from mingdai.trace.collecting import OTHERWISE, Rows, collect
from mingdai.trace.matching import match
from tests.trace.small import ALL_FIELDS, DAY_0, listed, person, sent, small_world

DAY = 86_400
START = 1_672_531_200
NAME, MOBILE, AMOUNT = 1, 2, 16


def case_of(tmp_path, people, log, rows, found_at=None):
    world = small_world(tmp_path, people, log)
    return collect(world, match(world, listed(world.con, rows)), found_at)


def copies(case):
    """(position of the person, recipient) to fit and whether it was chosen."""
    held = case.listed.copies
    names = [case.partners[each] for each in held.partner]
    return {
        (int(who), name): (round(float(fit), 6), bool(chosen))
        for who, name, fit, chosen in zip(held.person, names, held.fit, held.chosen, strict=True)
    }


PEOPLE = [person(number) for number in range(1, 11)]


def test_every_recipient_of_a_listed_person_is_a_copy(tmp_path):
    log = [sent(1, "甲"), sent(1, "乙"), sent(2, "乙"), sent(3, "甲")]
    case = case_of(tmp_path, PEOPLE, log, [("19900000001",)])

    assert copies(case) == {(0, "甲"): (1.0, True), (0, "乙"): (1.0, True)}
    assert case.listed.weight.tolist() == [1.0]
    assert dict(zip(case.partners, case.held.tolist(), strict=True)) == {"乙": 2.0, "甲": 2.0}


def test_what_was_sent_after_the_list_was_found_does_not_count(tmp_path):
    log = [sent(1, "甲", 10), sent(1, "乙", 20)]
    case = case_of(tmp_path, PEOPLE, log, [("19900000001",)], START + 10 * DAY)

    assert set(copies(case)) == {(0, "甲")}
    assert case.held[case.partners.index("乙")] == 0


def test_a_copy_of_another_version_fits_worse(tmp_path):
    people = [*PEOPLE, person(1, version=1, valid_from_day=50, mobile="19900008888")]
    log = [sent(1, "甲", version=0), sent(1, "乙", 60, version=1), sent(1, "丙", 60, version=1),
           sent(1, "丙", version=0)]  # fmt: skip
    case = case_of(tmp_path, people, log, [("19900008888",)])

    fits = {name: fit for (_, name), (fit, _) in copies(case).items()}
    assert fits == {"甲": OTHERWISE, "乙": 1.0, "丙": 1.0}


def test_a_copy_that_lacks_a_shown_field_fits_worse(tmp_path):
    log = [sent(1, "甲", fields=MOBILE), sent(1, "乙", fields=ALL_FIELDS)]
    case = case_of(tmp_path, PEOPLE, log, [("19900000001", None, "李娜")])

    fits = {name: fit for (_, name), (fit, _) in copies(case).items()}
    assert fits == {"甲": OTHERWISE, "乙": 1.0}


def test_a_time_that_only_one_copy_has_speaks_for_it(tmp_path):
    people = [person(number) for number in range(1, 11)]
    log = [row for n in range(1, 11) for row in (sent(n, "甲", n), sent(n, "乙", n + 40))]
    rows = [
        (f"1990000{n:04d}", None, None, None, None, f"{DAY_0 + timedelta(days=n):%Y-%m-%d}")
        for n in range(1, 11)
    ]
    fits = copies(case_of(tmp_path, people, log, rows))

    assert {fit for (_, name), (fit, _) in fits.items() if name == "甲"} == {1.0}
    assert {fit for (_, name), (fit, _) in fits.items() if name == "乙"} == {OTHERWISE}


def test_a_draw_is_no_choice_and_keeps_its_probability(tmp_path):
    log = [sent(1, "甲"), sent(1, "乙", randomised=1, propensity=0.25), sent(2, "甲")]
    case = case_of(tmp_path, PEOPLE, log, [("19900000001",)])

    assert copies(case) == {(0, "甲"): (1.0, True), (0, "乙"): (1.0, False)}
    assert case.has_draws
    assert case.draws.propensity.tolist() == [0.25]
    assert [case.partners[each] for each in case.draws.partner] == ["乙"]


def test_a_person_listed_twice_is_one_person_of_the_greater_weight(tmp_path):
    rows = [("199****0001", None, "李*"), ("19900000001",), ("19900000001",)]
    case = case_of(tmp_path, PEOPLE, [sent(1, "甲")], rows)

    assert case.listed.weight.tolist() == [1.0]
    assert (case.rows, case.matched) == (3, 3)


def test_rows_fare_as_they_were_matched(tmp_path):
    case = case_of(tmp_path, PEOPLE, [sent(1, "甲")], [("19900000001",), ("",), ("13000000000",)])

    assert (case.rows, case.matched, case.without_key) == (3, 1, 1)


def test_an_exclusive_decoy_is_a_trial_and_a_shared_one_is_none(tmp_path):
    log = [sent(1, "甲"), sent(9, "甲", decoy=1), sent(8, "甲", decoy=1), sent(8, "乙", decoy=1)]
    case = case_of(tmp_path, PEOPLE, log, [("19900000009",), ("19900000008",)])

    assert case.has_decoys
    assert dict(zip(case.partners, case.decoys[0].hits.tolist(), strict=True)) == {"甲": 1, "乙": 0}


def test_a_list_of_strangers_is_a_case_without_people(tmp_path):
    case = case_of(tmp_path, PEOPLE, [sent(1, "甲")], [("13000000000",)])

    assert len(case.listed.weight) == 0
    assert len(case.listed.copies.person) == 0
    assert case.population == 1.0


def test_somebody_of_the_ledger_without_a_row_among_borrowers_is_counted(tmp_path):
    case = case_of(tmp_path, PEOPLE, [sent(1, "甲"), sent(999, "甲")], [("19900000001",)])

    assert case.held.tolist() == [2.0]
    assert case.population == 2.0


@pytest.mark.parametrize("most", [3, 1])
def test_a_very_long_list_is_thinned_with_all_its_rates(tmp_path, monkeypatch, most):
    monkeypatch.setattr("mingdai.trace.collecting.MOST_PEOPLE", most)
    people = [person(n) for n in range(1, 401)]
    log = [sent(n, "甲" if n % 2 else "乙") for n in range(1, 401)]
    rows = [(f"1990000{n:04d}",) for n in range(1, 401)]
    case = case_of(tmp_path, people, log, rows)

    assert len(case.listed.weight) < 400
    assert case.rows == case.matched == 400
    assert float(case.held.sum()) == pytest.approx(case.population)
    assert float(case.sample.weight.sum()) == pytest.approx(case.population)


def test_columns_of_a_query_are_arrays():

    rows = Rows(pa.table({"n": [1, None], "x": [0.5, 1.5], "t": [True, None]}))

    assert rows.whole("n").tolist() == [1, -1]
    assert rows.real("x").dtype == np.float64
    assert rows.true("t").tolist() == [True, False]
