"""Whose rows are these, on a small world written by hand."""

from __future__ import annotations

import base64
import hashlib

import pytest

from mingdai.trace.keeping import keep
from mingdai.trace.matching import match, without_key
from mingdai.trace.unmasking import parted
from tests.trace.small import listed, person, sent, small_world

SHARED = "19900009999"
PEOPLE = [
    *(person(number) for number in range(1, 31)),
    person(31, mobile=SHARED, name="王伟强"),
    person(32, mobile=SHARED, name="李娜"),
    person(5, version=1, valid_from_day=50, mobile="19900008888", city="深圳市"),
    person(33, mobile=None, id_no=None),
    person(34, mobile="+86 19900007777"),
]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return small_world(tmp_path_factory.mktemp("world"), PEOPLE, [sent(1, "甲")])


def weights(world, *rows):
    found = match(world, listed(world.con, list(rows)))
    table = world.con.to_pyarrow(found.found.order_by("row", "borrower_id")).to_pylist()
    return [(row["row"], row["borrower_id"], round(row["weight"], 6)) for row in table], found


def test_whole_numbers_ids_and_digests_match_exactly(world):
    md5 = hashlib.md5(b"19900000003").hexdigest()  # noqa: S324 - what lists hold
    rows = [
        ("19900000001",),
        (None, "99999919900101002X"),
        (md5.upper(), md5),
        ("+86-199-0000-0004",),
    ]

    found, fared = weights(world, *rows)

    assert found == [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)]
    assert (fared.rows, fared.matched, fared.without_key) == (4, 4, 0)


def test_an_old_number_and_a_new_one_are_the_same_person(world):
    assert weights(world, ("19900000005",), ("19900008888",))[0] == [(0, 5, 1.0), (1, 5, 1.0)]


def test_people_with_one_number_share_its_row(world):
    assert weights(world, (SHARED,))[0] == [(0, 31, 0.5), (0, 32, 0.5)]


def test_a_name_tells_people_with_one_number_apart(world):
    assert weights(world, (SHARED, None, "李娜"))[0] == [(0, 32, 1.0)]


def test_a_number_of_ours_spelled_with_its_country_is_found(world):
    assert weights(world, ("19900007777",))[0] == [(0, 34, 1.0)]


@pytest.mark.parametrize("typo", ["19900000203", "19090000003", "19800000003", "91900000003"])
def test_a_wrong_sign_or_a_swap_matches_by_name(world, typo):
    found = weights(world, (typo, None, "刘洋"))[0]

    assert found in ([(0, 3, 0.9)], [])
    assert (found == []) == (typo.startswith("91"))  # what does not begin with 1 is no number


def test_a_wrong_sign_without_the_name_matches_nobody(world):
    assert weights(world, ("19900000113",), ("19900000113", None, "周全"))[0] == []


def test_two_wrong_signs_match_nobody(world):
    assert weights(world, ("19911000003", None, "刘洋"))[0] == []


def test_strangers_match_nobody_and_are_counted(world):
    found, fared = weights(world, ("19900001234",), ("13000000000", None, "周全"))

    assert found == []
    assert (fared.rows, fared.matched, fared.without_key) == (2, 0, 0)


def test_rows_without_a_key_are_counted(world):
    _, fared = weights(world, ("19900000001",), ("1.99E+10",), (None,), ("", "", ""), ("****0001",))

    assert (fared.rows, fared.matched, fared.without_key) == (5, 1, 4)


def test_a_row_that_stands_twice_is_two_rows_of_one_person(world):
    found, fared = weights(world, ("19900000001",), ("19900000001",))

    assert found == [(0, 1, 1.0), (1, 1, 1.0)]
    assert fared.matched == 2


def test_whole_masked_and_hashed_rows_stand_side_by_side(world):
    digest = hashlib.sha256(b"19900000009").hexdigest()
    found, _ = weights(world, ("19900000001",), ("199****0002", None, "张*静"), (digest,))

    assert [(row, who) for row, who, _ in found] == [(0, 1), (1, 2), (2, 9)]
    assert found[0][2] == found[2][2] == 1.0
    assert found[1][2] < 1


def test_a_digest_nobody_has_is_a_key_that_matches_nobody(world):
    found, fared = weights(world, (base64.b16encode(b"\1" * 16).decode().lower(),))

    assert found == []
    assert fared.without_key == 0


def test_keys_are_told_row_by_row(world):
    rows = listed(world.con, [("19900000001",), (None,), ("199****0001",), ("****0001",)])
    asked = keep(world.con, "asked", parted(keep(world.con, "listed", rows)))

    assert sorted(world.con.to_pyarrow(without_key(asked))["row"].to_pylist()) == [1, 3]
