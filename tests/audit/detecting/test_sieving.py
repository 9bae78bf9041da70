import base64

import numpy as np
import pytest

from mingdai.audit.detecting.matching import Matcher
from mingdai.audit.detecting.needles import Edge, literal
from mingdai.audit.detecting.sieving import Guess, Sieve64, readable16, readable32, turned64

VALUE = b"19900012345"
NOISE = [b"accountManagement", b"sessionA", b"QmFzZQ", b"Zm9vYmFy"]


@pytest.fixture(scope="module")
def matcher():
    return Matcher([literal(("mobile", "1"), VALUE, "plain", Edge.MOBILE)])


@pytest.mark.parametrize("glue", [b"", b"x", b"xy", b"xyz"])
def test_base64_is_picked_at_every_alignment(matcher, glue):
    token = glue + base64.b64encode(VALUE).rstrip(b"=")
    joined = b"\n" + b"\n".join([*NOISE, token]) + b"\n"
    start = joined.find(token)

    picks = list(Sieve64(joined).picks(matcher, [start]))

    assert any(at >= start and (phase - start) % 4 == len(glue) % 4 for at, phase in picks)


def test_the_bytes_of_a_stretch_are_those_it_stands_for():
    joined = b"\nabc\n" + base64.b64encode(VALUE).rstrip(b"=") + b"\n"
    span = np.array([5]), np.array([len(joined) - 1])

    assert Sieve64(joined).bytes_of(*span) == [VALUE]


def test_base64_written_backwards_is_picked(matcher):
    token = base64.b64encode(VALUE).rstrip(b"=")[::-1]

    assert turned64(matcher, [*NOISE, token]) == [len(NOISE)]


def test_hexadecimal_is_picked_at_either_alignment_and_backwards(matcher):
    value = VALUE.hex().encode()
    tokens = [b"00112233445566", b"a" + value, value, value[::-1]]

    assert set(readable16(matcher, tokens)) >= {
        Guess(1, 1, False),
        Guess(2, 0, False),
        Guess(3, 0, True),
    }


def test_base32_is_picked_in_lower_case(matcher):
    token = base64.b32encode(VALUE).rstrip(b"=").lower()

    assert Guess(1, 0, False) in list(readable32(matcher, [b"mfrggzdfmztwq2lk", token]))


def test_nothing_is_picked_from_nothing(matcher):
    assert list(readable16(matcher, [])) == list(readable32(matcher, [])) == []
    assert turned64(matcher, []) == []
