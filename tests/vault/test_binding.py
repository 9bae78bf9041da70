from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.errors import Tampered
from mingdai.vault.binding import DataKey, bind, field_key, pad, secret_of, unpad

codes = st.sampled_from(["name", "mobile", "email"])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_padding_gives_the_value_back_in_full_blocks(value):
    assert unpad(pad(value)) == value
    assert len(pad(value)) % 64 == 0


def test_names_of_different_length_are_padded_alike():
    assert len(pad("张三")) == len(pad("阿不都·热合曼"))


@pytest.mark.parametrize("padded", [b"\x00\x05abc", bytes(64)[:63] + b"\x01", b"\xff" * 64])
def test_what_we_did_not_pad_is_tampered(padded):
    with pytest.raises(Tampered):
        unpad(padded)


@given(
    st.tuples(st.uuids(), codes, st.integers(1, 99)),
    st.tuples(st.uuids(), codes, st.integers(1, 99)),
)
def test_two_places_are_never_bound_alike(one, other):
    assert (bind(*one) == bind(*other)) == (one == other)


def test_fields_have_a_key_of_their_own_drawn_from_the_data_key():
    assert field_key(bytes(32)) != bytes(32)
    assert len(field_key(bytes(32))) == 32
    assert field_key(bytes(32)) != field_key(bytes(31) + b"\x01")


def test_a_data_key_shows_nothing_and_is_not_written_down():
    key = DataKey(bytes(range(32)))

    assert repr(key) == "DataKey(…)"
    assert secret_of(key) == bytes(range(32))
    with pytest.raises(TypeError, match="not written down"):
        pickle.dumps(key)
