import xml.etree.ElementTree as ElementTree
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.reporting.charting import Stop
from mingdai.audit.reporting.drawing import (
    NARROW,
    WIDE,
    Caption,
    Told,
    as_svg,
    draw_strips,
    picture_defs,
    picture_id,
)

DATA = Caption("t.spy.test", "信标 · 手机号 · 同意前", "●", is_early=True, is_dashed=True)


def told(number, source, branches=(), host="www.one.test"):
    stop = Stop(number, host, "one.test", "标题", source=source)
    return Told(stop, "HTTP 重定向", tuple(branches), "（接上页）")


def parse(strips, width):
    return ElementTree.fromstring(as_svg(strips, width=width, label="链"))  # noqa: S314 - our own picture


def words_of(svg):
    return [each.text for each in svg.iter("{http://www.w3.org/2000/svg}text")]


def test_data_is_dashed_and_the_visitor_is_not():
    svg = as_svg(draw_strips([told(1, 0, [DATA]), told(2, 1)], width=WIDE), width=WIDE, label="")

    assert svg.count('stroke-dasharray="5 4"') == 2
    assert 'stroke="#0d3b66"' in svg


def test_a_stop_with_many_branches_goes_on_in_further_strips():
    strips = draw_strips([told(1, 0, [DATA] * 30), told(2, 1)], width=WIDE)

    assert len(strips) == 5
    assert words_of(parse(strips, WIDE)).count("t.spy.test") == 30
    assert max(each.height for each in strips) < 900


def test_a_jump_from_an_earlier_stop_runs_past_those_between():
    strips = draw_strips([told(1, 0), told(2, 1), told(3, 1)], width=NARROW)

    assert f"M12 0 V{strips[1].height:.1f}".removesuffix(".0") in strips[1].body


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=120))
def test_any_text_of_a_flow_is_drawn_inside_the_picture_as_text(said):
    strips = draw_strips(
        [replace(told(1, 0, [replace(DATA, head=said)]), arrow=said)], width=NARROW
    )

    svg = parse(strips, NARROW)
    assert svg.get("aria-label") == "链"
    assert all(float(each.get("x", 0)) < NARROW for each in svg.iter())


def test_a_picture_is_held_once_and_shown_cut():
    drawn = picture_defs("screenshots/001.png", "data:,", (412, 915))

    assert drawn.count("data:,") == 1
    assert f'id="{picture_id("screenshots/001.png")}"' in drawn
    assert 'viewBox="0 0 412 687"' in drawn
