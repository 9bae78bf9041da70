import pytest

from mingdai.audit.detecting.layers import Budget, Layer, Piece, Step


def test_a_position_belongs_to_its_piece():
    layer = Layer([Piece(b"abc"), Piece(b"defg")])

    assert [layer.data[start:end] for start, end in layer.segments()] == [b"abc", b"defg"]
    assert layer.index_at(layer.data.find(b"f")) == 1


def test_a_path_leads_from_the_root_outwards_in():
    root = Layer([Piece(b"x"), Piece(b"y")])
    middle = Layer([Piece(b"m", 1, (Step("hex", 0, 2),))], root)
    inner = Layer([Piece(b"i", 0, (Step("gzip", 0, 1),))], middle)

    assert inner.path(0) == (1, [Step("hex", 0, 2), Step("gzip", 0, 1)])


def test_a_text_that_was_turned_stays_so_through_escapes():
    root = Layer([Piece(b"abc")])
    turned = Layer([Piece(b"cba", 0, (Step("reverse", 0, 3),))], root)
    escaped = Layer([Piece(b"cb", 0, (Step("percent", 0, 2),))], turned)
    decoded = Layer([Piece(b"c", 0, (Step("base64", 0, 2),))], escaped)

    told = [layer.turned_from(0) for layer in (root, turned, escaped, decoded)]
    assert told == [b"", b"abc", b"abc", b""]


@pytest.mark.parametrize("request_bytes", [0, 1 << 20])
def test_a_budget_ends_and_says_so(request_bytes):
    budget = Budget(request_bytes)

    while budget.spend(1 << 16):
        pass

    assert budget.reached
