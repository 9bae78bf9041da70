import brotli
import pytest

from mingdai.audit.detecting.decoding import decode
from mingdai.audit.detecting.digesting import known_digests
from mingdai.audit.detecting.layers import Layer, Piece
from mingdai.audit.detecting.matching import Matcher
from mingdai.audit.detecting.spelling import clear_needles
from mingdai.audit.detecting.tokens import TokenReader


@pytest.fixture
def reader(identity):
    needles = [needle for planted in identity.planted for needle in clear_needles(planted)]
    reader = TokenReader(Matcher(needles), known_digests(identity))
    reader.begin()
    return reader


def test_a_stream_without_magic_in_hexadecimal_is_opened(reader):
    layer = Layer([Piece(b"k=" + brotli.compress(b"19900012345").hex().encode())])

    opened = [
        decode(s[0].name, layer.data[s[0].start : s[0].end], 99) for s in reader.read(layer, [])
    ]

    assert any(brotli.compress(b"19900012345") == each for each in opened)


def test_a_harmless_word_is_not_read_twice(reader):
    layer = Layer([Piece(b"accountManagement=registrationFlow")])
    list(reader.read(layer, []))
    reader.begin()

    assert list(reader.read(layer, [])) == []
    assert b"accountManagement" in reader._harmless


def test_what_reads_as_nothing_is_opaque(reader):
    layer = Layer([Piece(b"k=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ7+/d9QmZ4qTQbiVJxw9PzJr1kS8u")])
    list(reader.read(layer, []))

    assert [step.name for step in reader.opaque] == ["base64"]
