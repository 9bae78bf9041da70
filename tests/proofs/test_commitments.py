import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.commitments import commit, commitment_key, detail_commitment, subject_tag

KEY, ID = b"k" * 32, b"i" * 16


def hkdf(key, salt, info):
    """RFC 5869 with one block, written out."""
    extracted = hmac.digest(salt, key, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)


def test_the_layouts_are_the_documented_ones():
    key = commitment_key(KEY, ID, "name")
    value = "示例".encode()

    assert key == hkdf(KEY, ID, b"mingdai-commitment/1\x00name")
    assert subject_tag(KEY, ID) == hmac.digest(KEY, b"subject" + ID, hashlib.sha256)
    assert commit(key, "name", "示例") == hmac.digest(
        key, b"name" + b"\x00\x00\x00\x06" + value, hashlib.sha256
    )
    assert detail_commitment(key, {"b": 1, "a": "x"}) == hmac.digest(
        key, b'mingdai-detail/1\x00{"a":"x","b":1}', hashlib.sha256
    )


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_values_never_share_a_commitment(one, other):
    assert (commit(KEY, "name", one) == commit(KEY, "name", other)) == (one == other)


def test_two_entries_of_one_person_do_not_link():
    ids = [bytes([number]) * 16 for number in range(20)]

    assert len({subject_tag(KEY, each) for each in ids}) == 20
    assert len({commit(commitment_key(KEY, each, "name"), "name", "甲") for each in ids}) == 20


def test_each_field_has_its_own_key():
    assert commitment_key(KEY, ID, "name") != commitment_key(KEY, ID, "mobile")


@pytest.mark.parametrize("key", [b"", b"k" * 31, b"k" * 33])
def test_a_key_of_another_length_is_refused(key):
    with pytest.raises(ValueError, match="32 bytes"):
        subject_tag(key, ID)
    with pytest.raises(ValueError, match="32 bytes"):
        commitment_key(key, ID, "name")
    with pytest.raises(ValueError, match="32 bytes"):
        commit(key, "name", "x")
