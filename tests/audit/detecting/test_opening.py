import pytest

from mingdai.audit.detecting.layers import Layer, Piece, Step
from mingdai.audit.detecting.opening import binary_steps, is_binary, percent_values, text_steps


def named(steps, data):
    return [(step.name, data[step.start : step.end]) for step in steps]


@pytest.mark.parametrize(
    ("data", "name", "value"),
    [
        (b'{"u":"https%3A%2F%2Fx","n":1}', "percent", b"https%3A%2F%2Fx"),
        (rb'{"u":"\u738b\"x","n":1}', "json", rb"\u738b\"x"),
        (b'{"u":"&#29579;","n":1}', "html-entity", b"&#29579;"),
        (b"k=ab=40cd&n=1", "quoted-printable", b"ab=40cd"),
        (
            b"QUJDREVGR0hJSktM\r\nTU5PUFFSU1RVVldY",
            "base64",
            b"QUJDREVGR0hJSktM\r\nTU5PUFFSU1RVVldY",
        ),
    ],
)
def test_an_escape_is_opened_where_it_stands(data, name, value):
    layer = Layer([Piece(data)])

    assert (name, value) in named(text_steps(layer), layer.data)


@pytest.mark.parametrize(
    ("data", "binary"),
    [(b"text\n", False), ("文字".encode(), False), (b"\x00\x01", True), (b"\xff\xfe", True)],
)
def test_text_is_told_from_binary(data, binary):
    assert is_binary(data) is binary


def test_only_binary_segments_are_tried_as_streams():
    layer = Layer([Piece(b"plain text here"), Piece(bytes(range(200, 230)))])

    assert {step.start for step in binary_steps(layer) if step.name == "brotli"} == {18}


def test_percent_encoded_binary_is_opened_value_by_value():
    layer = Layer([Piece(b"a=1&b=%1B%0A%80%99%00&c=%E7%8E%8B")])
    whole = Step("percent", 0, len(layer.data))

    assert named(percent_values(layer, whole), layer.data) == [("percent", b"%1B%0A%80%99%00")]
