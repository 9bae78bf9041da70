import base64

import pytest

from mingdai.audit.detecting.matching import Matcher
from mingdai.audit.detecting.needles import Edge, literal
from mingdai.audit.detecting.sieving import runs32, sieve16, sieve32, sieve64

VALUE = b"19900012345"
NOISE = [b"accountManagement", b"session", b"QmFzZQ", b"Zm9vYmFy"]


@pytest.fixture(scope="module")
def matcher():
    return Matcher([literal(("mobile", "1"), VALUE, "plain", Edge.MOBILE)])


@pytest.mark.parametrize("glue", [b"", b"x", b"xy", b"xyz"])
def test_base64_is_picked_at_every_alignment(matcher, glue):
    token = glue + base64.b64encode(VALUE).rstrip(b"=")

    assert (token, len(glue), False) in list(sieve64(matcher, [*NOISE, token]))


def test_base64_written_backwards_is_picked(matcher):
    token = base64.b64encode(VALUE).rstrip(b"=")[::-1]

    assert (token, 0, True) in list(sieve64(matcher, [*NOISE, token]))


def test_hexadecimal_is_picked_at_either_alignment(matcher):
    token = b"a" + VALUE.hex().encode()

    assert (token, 1, False) in list(sieve16(matcher, [b"00112233445566", token]))


def test_base32_is_picked_in_lower_case(matcher):
    token = base64.b32encode(VALUE).rstrip(b"=").lower()

    assert runs32([token, b"applicationform"]) == [token]
    assert (token, 0, False) in list(sieve32(matcher, [token]))


def test_nothing_is_picked_from_nothing(matcher):
    assert list(sieve64(matcher, [])) == []
