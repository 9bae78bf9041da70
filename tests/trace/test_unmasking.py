"""Who a masked row could be; one candidate alone is weighed, not forced."""

from __future__ import annotations

import pytest

from mingdai.trace.keeping import keep
from mingdai.trace.unmasking import (
    MOST_CANDIDATES,
    agrees,
    chances,
    masked_pairs,
    parted,
    shown,
    soft_weights,
    sort_of,
    usable,
    ways_of,
)
from tests.trace.small import listed, person, sent, small_world

PEOPLE = [person(number) for number in range(1, 41)]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return small_world(tmp_path_factory.mktemp("world"), PEOPLE, [sent(1, "甲")])


def candidates(world, *cells):
    asked = keep(world.con, "asked", parted(listed(world.con, [cells])))
    found = masked_pairs(world.keys, asked, ways_of(world.con, asked))
    return sorted(world.con.to_pyarrow(found)["borrower_id"].to_pylist())


@pytest.mark.parametrize(
    "cells",
    [
        ("199****0003",),
        ("+86 199****0003", None, "刘*"),
        ("****0003", None, "刘洋"),
        ("1990000****", "999999********003X", "刘*"),
        (None, "999999********003X"),
        (None, "**************003X", "刘*"),
        (None, "99999919900101003*", "刘洋"),
        (None, "99999919900101****", "刘洋", None, "4000"),
        (None, None, "刘洋", "广州市", "4000"),
        ("199****", None, "刘洋", None, "4000"),
    ],
)
def test_a_row_finds_the_person_it_was_made_from(world, cells):
    assert candidates(world, *cells) == [3]


def test_a_row_finds_all_it_could_be(world):
    assert candidates(world, None, None, "刘洋", "广州") == [3, 11, 19, 27, 35]


@pytest.mark.parametrize(
    "cells",
    [
        ("199****0003", None, "李*"),
        ("199****0003", None, None, "北京市"),
        ("199****0003", None, None, None, "99000"),
        ("138****0003",),
        (None, "999999********003X", "李娜"),
    ],
)
def test_a_contradiction_finds_nobody(world, cells):
    assert candidates(world, *cells) == []


@pytest.mark.parametrize("cells", [("****0003",), (None, None, "刘洋"), (None, None, None, "广州")])
def test_a_row_that_shows_too_little_is_not_asked(world, cells):
    asked = keep(world.con, "asked", parted(listed(world.con, [cells])))

    assert int(asked.filter(usable(asked)).count().execute()) == 0
    assert ways_of(world.con, asked) == frozenset()


def test_nothing_shown_disagrees_with_nothing(world):
    rows = shown(listed(world.con, [(None,)]))

    pair = rows.cross_join(world.keys)

    assert set(world.con.to_pyarrow(pair.select(x=agrees(pair)))["x"].to_pylist()) == {True}


def weighed(world, rows):
    loose = keep(world.con, "loose", listed(world.con, rows))
    asked = keep(world.con, "asked", parted(loose))
    ways = ways_of(world.con, asked)
    masked = keep(world.con, "masked", masked_pairs(world.keys, asked, ways))
    chance = chances(world.con, world.keys, loose, masked, ways)
    return chance, world.con.to_pyarrow(soft_weights(masked, loose, chance)).to_pylist()


def test_a_single_candidate_is_not_certain(world):
    chance, weights = weighed(world, [("199****0003",)])

    assert [row["alone"] for row in weights] == [True]
    assert 0.5 < weights[0]["weight"] < 1
    assert chance[0].lucky > 0


def test_candidates_share_a_row(world):
    _, weights = weighed(world, [(None, None, "刘洋", "广州")])

    assert len(weights) == 5
    assert sum(row["weight"] for row in weights) <= 1
    assert len({row["weight"] for row in weights}) == 1


def test_strangers_with_any_tail_make_a_match_worth_little(world):
    strangers = [(f"199****{tail:04d}",) for tail in range(100, 800)]
    _, weights = weighed(world, [("199****0003",), *strangers])
    _, alone = weighed(world, [(f"199****{tail:04d}",) for tail in range(1, 41)])

    assert weights[0]["weight"] < min(row["weight"] for row in alone)


def test_a_row_that_fits_very_many_says_nothing(tmp_path):
    same = [person(number, name="王伟强") for number in range(MOST_CANDIDATES + 1)]
    crowd = small_world(tmp_path, same, [sent(1, "甲")])

    assert weighed(crowd, [(None, None, "王伟强", "广州")])[1] == []


def test_sorts_are_told_by_what_is_shown(world):
    rows = keep(world.con, "loose", listed(world.con, [
        ("199****0003",), (None, "999999********003X"), (None, None, "刘洋", "广州"),
    ]))  # fmt: skip
    sorts = world.con.to_pyarrow(rows.select("row", sort=sort_of(rows)).order_by("row"))

    assert sorts["sort"].to_pylist() == [0, 1, 2]
