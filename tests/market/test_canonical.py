"""One thing has one hash."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mingdai.market.canonical import canonical_bytes, content_hash

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc名字"), inner),
    max_leaves=20,
)


@given(VALUES)
def test_it_is_rfc_8785(value):
    try:
        expected = rfc8785.dumps(value)
    except (UnicodeEncodeError, rfc8785.CanonicalizationError):
        return

    assert canonical_bytes(value) == expected


def test_order_does_not_change_the_hash():
    assert content_hash({"a": 1, "b": [2]}) == content_hash({"b": [2], "a": 1})


@pytest.mark.parametrize("value", [1.5, [1.5], {"a": {"b": 1.5}}])
def test_a_float_is_refused(value):
    with pytest.raises(TypeError):
        canonical_bytes(value)
