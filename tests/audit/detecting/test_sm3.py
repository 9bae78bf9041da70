import hashlib

import pytest

from mingdai.audit.detecting.sm3 import sm3

ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
FOURS = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@pytest.mark.parametrize(("data", "digest"), [(b"abc", ABC), (b"abcd" * 16, FOURS)])
def test_the_examples_of_the_standard_hold(data, digest):
    """GB/T 32905-2016, annex A."""
    assert sm3(data).hex() == digest


def test_every_padding_length_agrees_with_openssl():
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this OpenSSL has no SM3 to compare with")

    assert all(sm3(b"x" * n) == hashlib.new("sm3", b"x" * n).digest() for n in range(130))
