from hypothesis import given
from hypothesis import strategies as st

from mingdai.paper.markup import Markup, breakable, tag, text


def test_text_is_escaped_and_markup_is_not():
    made = tag("p", "<b>", tag("b", "&"), None, ["x", tag("br")], class_="a", data_x='"')

    assert made == '<p class="a" data-x="&quot;">&lt;b&gt;<b>&amp;</b>x<br></p>'


def test_attributes_may_be_left_out_or_bare():
    assert tag("input", hidden=True, id=None, viewBox="0 0 1 1") == (
        '<input hidden viewBox="0 0 1 1"></input>'
    )


@given(st.text())
def test_no_text_makes_a_tag(said):
    assert "<" not in text(said)
    assert isinstance(text(said), Markup)


def test_a_host_breaks_after_its_dots():
    assert breakable("m.a-b.test<") == "m.<wbr>a-<wbr>b.<wbr>test&lt;"
