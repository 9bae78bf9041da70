import re

from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.detecting.shapes import (
    RUN16,
    mixed_runs,
    parts_of,
    stands_apart,
    tokens_of,
)


@given(st.binary(max_size=200))
def test_stretches_are_those_a_regular_expression_finds(data):
    starts, ends = RUN16.stretches(data, 3)

    expected = [found.span() for found in re.finditer(rb"[0-9a-fA-F]{3,}", data)]
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == expected


@given(st.text("aZ9 /", max_size=60))
def test_a_token_stands_where_it_is_said_to(text):
    data = text.encode()

    for token, start in zip(*tokens_of(data), strict=True):
        assert data[start : start + len(token)] == token


def test_words_and_numbers_are_no_tokens():
    data = b"session 1700000000123 registration UserAgent v1model deadbeef01 " + b"7" * 22

    assert tokens_of(data)[0] == [b"UserAgent", b"v1model", b"deadbeef01", b"7" * 22]


def test_a_path_has_ends_behind_its_separators():
    path = b"api/v1/QUJDREVGR0-JSg/p"
    parts = [path[start:end] for start, end in parts_of(path)]

    assert parts[0] == b"v1/QUJDREVGR0-JSg/p"
    assert {b"QUJDREVGR0-JSg/p", b"QUJDREVGR0-JSg"} <= set(parts)
    assert parts_of(b"QUJDREVGR0hJSg") == []


def test_binary_data_mixes_cases():
    mixed, glued, _, _ = mixed_runs(b"\nQUJDREVGR0hJSg\ndeadbeef0123\na/QUJDREVGR0hJSg\n")

    assert mixed.tolist() == [True, False, True]
    assert glued.tolist() == [False, False, True]


def test_a_stretch_inside_a_long_run_is_chance():
    run = b"\n" + b"x" * 60 + b"0123456789abcdef" + b"\n"

    assert not stands_apart(run, 61, 77, 76)
    assert stands_apart(b"\nx/0123456789abcdef\n", 3, 19, 100)
    assert not stands_apart(b"\n1700000000123\n", 1, 14, 13)
