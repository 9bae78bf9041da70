from mingdai.paper.pen import DASHES, Pen, Stroke, number


def test_lengths_have_no_needless_digits():
    assert [number(each) for each in (1, 1.04, 1.26)] == ["1", "1", "1.3"]


def test_shapes_are_kept_in_order_and_text_is_escaped():
    pen = Pen()
    pen.path("M0 0", Stroke(dashed=True))
    pen.text(1, 2, "<a>", size=12)
    pen.disc(1, 2, "1")
    pen.point_right(9, 9, "#000")

    assert DASHES in pen.shapes[0]
    assert "&lt;a&gt;" in pen.shapes[1]
    assert [each[1:5] for each in pen.shapes[2:]] == ["circ", "text", "poly"]
