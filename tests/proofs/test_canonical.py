import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.canonical import decode_json, encode_json, text_fields
from mingdai_proofs.flaws import Flawed

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    texts | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(texts, values, max_size=4))
def test_what_is_written_is_read_back(value):
    assert decode_json(encode_json(value), "x.y") == value


def test_keys_are_sorted_by_utf16_as_rfc8785_section_3_2_3_shows():
    keys = ["€", "\r", "\ufb33", "1", "😀", "\u0080", "ö"]

    found = list(json.loads(encode_json(dict.fromkeys(keys, ""))))

    assert found == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a": 1}',
        b'{"a":1} ',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":true}',
        b'{"a":null}',
        b'{"a":NaN}',
        b'{"a":"\\u0061"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b'{"a":9007199254740992}',
        b"\xef\xbb\xbf{}",
        b"[]",
        b'"a"',
        b"[" * 100_000,
        b'{"a":' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
def test_any_other_spelling_is_refused(data):
    with pytest.raises(Flawed, match=r"x\.y"):
        decode_json(data, "x.y")


@pytest.mark.parametrize("value", [1.5, True, None, {1: "a"}, b"a", "\ud800", {"a": {"b": None}}])
def test_a_value_outside_the_subset_is_not_written(value):
    with pytest.raises(ValueError):  # noqa: PT011 - surrogates raise a subclass with its own text
        encode_json(value)


@pytest.mark.parametrize("value", [{}, {"a": 1}, {"a": "x", "b": "y"}])
def test_exactly_the_named_strings_are_expected(value):
    with pytest.raises(Flawed, match=r"x\.y"):
        text_fields(value, ("a",), "x.y")
