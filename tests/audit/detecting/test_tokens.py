import base64

import brotli
import pytest

from mingdai.audit.detecting.decoding import decode
from mingdai.audit.detecting.digesting import known_digests
from mingdai.audit.detecting.layers import Layer, Piece
from mingdai.audit.detecting.matching import Matcher
from mingdai.audit.detecting.spelling import clear_needles
from mingdai.audit.detecting.tokens import TokenReader

VALUE = b"19900012345"


@pytest.fixture
def reader(identity):
    needles = [needle for planted in identity.planted for needle in clear_needles(planted)]
    reader = TokenReader(Matcher(needles), known_digests(identity))
    reader.begin()
    return reader


def test_a_stream_without_magic_in_hexadecimal_is_opened(reader):
    layer = Layer([Piece(b"k=" + brotli.compress(VALUE).hex().encode())])

    opened = [
        decode(s[0].name, layer.data[s[0].start : s[0].end], 99) for s in reader.read(layer, [])
    ]

    assert any(brotli.compress(VALUE) == each for each in opened)


def test_a_harmless_word_is_not_judged_twice(reader):
    layer = Layer([Piece(b"accountManagement=registrationFlow")])
    list(reader.read(layer, []))
    reader.begin()

    assert list(reader.read(layer, [])) == []
    assert b"accountManagement" in reader._harmless


@pytest.mark.parametrize("glue", [b"", b"id", b"user/"])
def test_what_holds_something_is_told_again_in_the_next_batch(reader, glue):
    layer = Layer([Piece(b"k=" + glue + VALUE.hex().encode())])
    first = list(reader.read(layer, []))
    reader.begin()

    assert first
    assert list(reader.read(layer, [])) == first


def test_a_token_is_told_once_for_each_request_that_holds_it(reader):
    token = base64.b64encode(VALUE + b"!")
    layer = Layer([Piece(b"a=" + token, 0), Piece(b"b=" + token, 0), Piece(b"c=" + token, 1)])

    starts = {steps[0].start for steps in reader.read(layer, [])}

    assert {layer.owner_at(start) for start in starts} == {0, 1}
    assert len(starts) == 2


@pytest.mark.parametrize(
    ("text", "name"), [(b"eyJhbGciOiJI.eyJtIjoiMTk5MDAwMTIzNDUifQ", "jwt"), (b"a-_Xm", "")]
)
def test_a_step_is_named_by_what_stands_around_it(reader, text, name):
    steps = list(reader.read(Layer([Piece(text)]), []))

    assert {step[0].name for step in steps} == ({name} if name else set())


def test_what_reads_as_nothing_is_opaque(reader):
    layer = Layer([Piece(b"k=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ7+/d9QmZ4qTQbiVJxw9PzJr1kS8u")])
    list(reader.read(layer, []))

    assert [step.name for step in reader.opaque] == ["base64"]
