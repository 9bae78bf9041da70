import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.detecting.unpacking import UNPACKERS, is_whole

TEXT = b'{"event":"apply","value":"19900012345"}' * 3
PACKED = {
    "gzip": gzip.compress(TEXT, mtime=0),
    "zlib": zlib.compress(TEXT),
    "deflate": zlib.compress(TEXT, wbits=-15),
    "brotli": brotli.compress(TEXT),
    "zstd": zstandard.ZstdCompressor().compress(TEXT),
}


@pytest.mark.parametrize("name", sorted(PACKED))
def test_a_stream_opens(name):
    assert UNPACKERS[name](PACKED[name], 1 << 20) == TEXT


@pytest.mark.parametrize("name", sorted(PACKED))
def test_a_bomb_gives_no_more_than_the_limit(name):
    blank = bytes(64 << 20)
    bomb = {
        "gzip": lambda: gzip.compress(blank, 1),
        "zlib": lambda: zlib.compress(blank, 1),
        "deflate": lambda: zlib.compress(blank, 1, wbits=-15),
        "brotli": lambda: brotli.compress(blank, quality=1),
        "zstd": lambda: zstandard.ZstdCompressor(level=1).compress(blank),
    }[name]()

    assert len(UNPACKERS[name](bomb, 1 << 20)) == 1 << 20


@given(st.sampled_from(sorted(PACKED)), st.binary(max_size=80))
def test_any_bytes_give_bytes_or_nothing(name, data):
    out = UNPACKERS[name](data, 4096)

    assert out is None or 0 < len(out) <= 4096


def test_a_stream_cut_short_gives_what_it_holds():
    whole = gzip.compress(bytes(range(256)) * 40)

    assert UNPACKERS["gzip"](whole[:-20], 1 << 20).startswith(bytes(range(100)))


@pytest.mark.parametrize("name", ["gzip", "zlib", "zstd"])
def test_a_stream_is_whole_only_to_its_end(name):
    assert is_whole(PACKED[name])
    assert not is_whole(PACKED[name][:-6])


def test_what_is_no_stream_is_whole():
    assert is_whole(b"19900012345")
