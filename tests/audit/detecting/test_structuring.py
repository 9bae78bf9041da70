import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.detecting.structuring import strings_of

MAIL = b"li.lei@mail.example.cn"


def strings(data):
    return [data[start:end] for start, end in strings_of(data)]


def bson(body):
    return struct.pack("<i", len(body) + 5) + body + b"\0"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (b"\xa2\x61t\x18\xc8\x65email\x76" + MAIL, MAIL),
        (b"\xa1\x61k\x82\x01\x76" + MAIL, MAIL),
        (b"\xa1\x61k\x58\x20" + bytes(32), bytes(32)),
        (b"\x82\xa1t\xce\x01\x02\x03\x04\xa5email\xb6" + MAIL, MAIL),
        (b"\x81\xa1k\xd9\x40" + b"a" * 64, b"a" * 64),
        (b"\x81\xa1k\xc4\x14" + bytes(range(20)), bytes(range(20))),
        (bson(b"\x02m\0" + struct.pack("<i", len(MAIL) + 1) + MAIL + b"\0\x08o\0\1"), MAIL),
        (bson(b"\x03d\0" + bson(b"\x02m\0\x04\0\0\0abc\0")), b"abc"),
        (bson(b"\x05m\0\x04\0\0\0\0abcd"), b"abcd"),
    ],
)
def test_strings_are_cut_at_the_lengths_the_message_gives(message, text):
    assert text in strings(message)


@pytest.mark.parametrize(
    "message", [b"", b"\xa1\x61k", b"\x82\xa1t\x01", b"plain text", b"\xbf\xff"]
)
def test_what_does_not_fit_to_its_last_byte_is_no_message(message):
    assert strings_of(message) == []


def test_a_deep_nest_ends():
    assert strings_of(b"\x81" * 1000 + b"\x01") == []


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error(data):
    assert all(0 <= start <= end <= len(data) for start, end in strings_of(data))
