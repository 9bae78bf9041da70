import gzip
import hashlib
import zlib

import brotli
import pytest

from mingdai.audit.detecting.packing import is_opaque, is_packed, is_text, packed_kinds

VALUE = b"19900012345"


def chance(number, size):
    """Bytes without order, the same in every run."""
    return hashlib.shake_128(b"%d" % number).digest(size)


PACKED = [
    gzip.compress(VALUE, mtime=0),
    zlib.compress(VALUE),
    zlib.compress(VALUE, wbits=-15),
    zlib.compress(b'{"mobile":"19900012345","t":1700000000,"v":"1.0.2"}' * 9, wbits=-15),
    *(brotli.compress(VALUE * 2, quality=quality) for quality in (1, 5, 11)),
    b"\x0a\x0b" + VALUE + b"\x10\x96\x01",
    b"\x00\x00\x00\x0b" + VALUE,
    b"\x00\x0b" + VALUE + b"\x00\x03abc",
    b"\x0b" + VALUE + b"\x03abc",
]


@pytest.mark.parametrize("raw", PACKED)
def test_what_is_packed_is_seen_alone_and_among_many(raw):
    assert is_packed(raw)
    assert packed_kinds([b"\xff" * 20, raw])[1]


def test_a_stream_of_ascii_bytes_is_no_text():
    stream = zlib.compress(b"24120000991", wbits=-15)

    assert stream.isascii()
    assert not is_text(stream)
    assert is_text(b"19900012345\n")


def test_the_bulk_rules_leave_out_nothing_that_opens():
    raws = [chance(at, 8 + at % 52) for at in range(3000)]

    missed = [
        raw
        for raw, kinds in zip(raws, packed_kinds(raws), strict=True)
        if is_packed(raw) and not is_packed(raw, kinds)
    ]

    assert len(missed) <= 3  # keys of three bytes and more


def test_random_bytes_are_opaque_and_text_is_not():
    assert is_opaque(chance(1, 48))
    assert not is_opaque(b"aaaabbbb" * 8)
    assert not is_opaque(chance(1, 16))
