import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.encodings import decode_base64, decode_hash, encode_base64, parse_decimal
from mingdai_proofs.flaws import Flawed


@given(st.integers(0, (1 << 63) - 1))
def test_a_number_is_read_from_its_one_spelling(value):
    assert parse_decimal(str(value), "x.y") == value


@pytest.mark.parametrize(
    "text",
    ["", "-1", "+1", "01", "00", " 1", "1 ", "1_0", "0x1", "1.0", "１", str(1 << 63), "9" * 99],
)
def test_another_spelling_of_a_number_is_refused(text):
    with pytest.raises(Flawed, match=r"x\.y"):
        parse_decimal(text, "x.y")


@given(st.binary(max_size=100))
def test_bytes_are_read_from_their_one_spelling(data):
    assert decode_base64(encode_base64(data), "x.y") == data


@pytest.mark.parametrize(
    "text", ["A", "AA", "AA=", "AB==", "AAB=", "A A=", "AA==\n", "-_8=", "é", "="]
)
def test_another_spelling_of_bytes_is_refused(text):
    with pytest.raises(Flawed, match=r"x\.y"):
        decode_base64(text, "x.y")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_hash_has_32_bytes(length):
    with pytest.raises(Flawed, match="32 bytes"):
        decode_hash(encode_base64(bytes(length)), "x.y")
