"""Whole lists, read, matched and judged, against a made-up world with a hidden trait."""

from __future__ import annotations

import numpy as np
import pytest

from mingdai.errors import Invalid
from mingdai.trace.calibrating import read_calibration
from mingdai.trace.keys import Mapping
from mingdai.trace.lists import ALWAYS, Tracer, as_record, unread_record
from mingdai.trace.reading.worlds import connect, open_world
from tests.trace.worlds import DAYS, Leaking, Shape, leak, make_world
from tests.trace.writing import SPELLINGS, list_rows, make_persons, write_list, write_world

SHAPE = Shape(partners=12, people=4_000, decoys=5, overlap=0.3)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    world = make_world(SHAPE, 21)
    persons = make_persons(world, 21)
    write_world(world, persons, folder)
    return world, persons, folder


@pytest.fixture(scope="module")
def tracer(made):
    folder = made[2]
    world = open_world(connect(), folder / "borrowers.parquet", folder / "ledger.parquet")
    return Tracer(world, read_calibration())


def found(made, tracer, spelling, seed, **leaking):
    world, persons, folder = made
    leaked = leak(world, Leaking(**{"colluders": 1, "rows": 400, "outside": 100} | leaking))
    rows = list_rows(world, persons, leaked, spelling, seed)
    path = write_list(rows, spelling, folder / f"list{seed}.csv")
    return leaked, rows, tracer.trace(path)


@pytest.mark.parametrize("seed", range(len(SPELLINGS)))
def test_a_leak_in_any_spelling_is_traced(made, tracer, seed):
    leaked, rows, judged = found(made, tracer, SPELLINGS[seed], seed)

    assert judged.rows == len(rows)
    assert judged.matched >= 0.9 * len(leaked.listed)
    assert judged.attribution.accuse in ((f"P{leaked.guilty[0]:03d}",), ())
    assert judged.attribution.rank[0] == f"P{leaked.guilty[0]:03d}"


def test_a_list_of_strangers_speaks_against_nobody(made, tracer):
    folder = made[2]
    rng = np.random.default_rng(5)
    path = folder / "strangers.csv"
    path.write_text("".join(f"1650{n:07d}\n" for n in rng.integers(0, 10**7, 500)))

    judged = tracer.trace(path)

    assert (judged.matched, judged.attribution.accuse) == (0, ())
    assert judged.attribution.conclusion == "none"


def test_nobody_is_accused_of_what_was_sent_later(made, tracer):
    path = made[2] / "list0.csv"
    if not path.exists():
        found(made, tracer, SPELLINGS[0], 0)

    assert tracer.trace(path, found_at=0).attribution.accuse == ()


def test_a_person_can_correct_the_reading(made, tracer):
    _, persons, folder = made
    path = folder / "two.csv"
    path.write_text("".join(f"{a[0]},{b[0]}\n" for a, b in zip(
        zip(persons.mobile[0][:50]), zip(persons.mobile[0][50:100]), strict=True)))  # fmt: skip

    assert tracer.trace(path).mapping == Mapping(mobile=(0, 1))
    second = tracer.trace(path, columns="mobile=2")
    assert second.mapping == Mapping(mobile=(1,))
    with pytest.raises(Invalid, match="list.no_key"):
        tracer.trace(path, columns="none=1,none=2")


def test_the_record_has_every_field_of_the_format(made, tracer):
    _, rows, judged = found(made, tracer, SPELLINGS[1], 90, found=DAYS)
    record = as_record(judged, tracer.calibration)

    assert set(record["prob"]) == set(tracer.world.partners)
    assert all(0 <= chance <= 1 for chance in record["prob"].values())
    assert sorted(record["rank"]) == sorted(tracer.world.partners)
    assert set(record["accuse"]) <= set(record["rank"])
    assert all({"kind", "partner", "p_value", "bits"} <= set(each) for each in record["evidence"])
    assert record["rows"] == len(rows)
    assert isinstance(record["gamma_star"], float)
    assert record["always_candidates"] == list(ALWAYS)
    assert record["understood"]["columns"] == {"name": [1], "mobile": [2], "city": [3]}


def test_the_record_holds_no_value_of_the_list(made, tracer):
    _, rows, judged = found(made, tracer, SPELLINGS[0], 91)
    text = str(as_record(judged, tracer.calibration))

    assert not any(row[0] in text or row[1] in text for row in rows)


def test_an_unread_list_blames_nobody():
    record = unread_record(("甲",), Invalid(code="list.empty", reason="the file holds nothing"))

    assert (record["accuse"], record["prob"]) == ([], {"甲": 0.0})
    assert record["error"]["code"] == "list.empty"
