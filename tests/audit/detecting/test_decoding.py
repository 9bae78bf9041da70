import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.detecting.decoding import DECODERS, decode


@given(st.binary(max_size=200))
def test_base64_of_anything_decodes_with_either_alphabet_and_without_padding(data):
    for coded in (base64.b64encode(data), base64.urlsafe_b64encode(data).rstrip(b"=")):
        assert decode("base64", coded, 1 << 20) == data


@given(st.binary(max_size=200))
def test_base32_and_hexadecimal_of_anything_decode_in_either_case(data):
    assert decode("base32", base64.b32encode(data).lower(), 1 << 20) == data
    assert decode("hex", data.hex().upper().encode(), 1 << 20) == data


@pytest.mark.parametrize(
    ("name", "coded", "plain"),
    [
        ("percent", b"%E7%8E%8B+%31", "王+1".encode()),
        ("percent", b"%u738B", "王".encode()),
        ("json", rb"\u738b\ud83d\ude00\/\x31\n", "王😀/1\n".encode()),
        ("html-entity", b"&#29579;&#x5c0F;&amp;", "王小&".encode()),
        ("quoted-printable", b"=E7=8E=8Ba=\r\nb", "王ab".encode()),
        ("char-codes", b"49,51,29579", "13王".encode()),
        ("reverse", b"321", b"123"),
        ("utf-16le", "王1".encode("utf-16-le"), "王1".encode()),
        ("utf-16be", "王1".encode("utf-16-be"), "王1".encode()),
        ("hex", b"31:32 33", b"123"),
    ],
)
def test_each_code_is_undone(name, coded, plain):
    assert decode(name, coded, 1 << 20) == plain


@given(st.sampled_from(sorted(DECODERS)), st.binary(max_size=60))
def test_no_bytes_make_a_decoder_fail_loudly(name, data):
    result = decode(name, data, 1 << 20)

    assert result is None or isinstance(result, bytes)
