import re
from xml.etree import ElementTree

import pytest

from mingdai.trace.reporting.charting import Bar, RowCounts
from mingdai.trace.reporting.drawing import NARROW, WIDE, draw_bits, draw_rows
from mingdai.trace.reporting.wording import Words

BARS = [
    Bar("示例云汀消费金融有限公司", "诱饵记录", 124.9, 17.9),
    Bar("<B & 公司>", "随机抽取", 3.2, 11.1),
]
COUNTS = RowCounts(7, 2, 1, "7, 2, 1")


def numbers(svg: str, name: str) -> list[float]:
    return [float(each) for each in re.findall(rf' {name}="([\d.]+)"', svg)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chart_stays_in_its_frame_and_escapes(width, language):
    svg = draw_bits(BARS, Words(language), width=width)
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own picture

    assert root.attrib["width"] == str(width)
    assert max(numbers(svg, "x")) < width
    assert "&lt;B &amp; 公司&gt;" in svg


def test_a_bar_that_names_is_dark_and_one_beyond_the_axis_keeps_its_number():
    svg = draw_bits(BARS, Words("en"), width=WIDE)

    assert ">124.9<" in svg
    assert ">3.2<" in svg
    assert svg.count('fill="#0d3b66"') == 1


def test_the_rows_are_one_bar_in_proportion():
    svg = draw_rows(COUNTS, Words("en"), width=WIDE)
    parts = [float(each) for each in re.findall(r'width="([\d.]+)" height="26"', svg)]

    assert [round(each / sum(parts), 2) for each in parts] == [0.7, 0.2, 0.1]
    assert 'aria-label="7, 2, 1"' in svg


def test_a_list_without_rows_is_drawn_too():
    svg = draw_rows(RowCounts(0, 0, 0, "none"), Words("zh"), width=NARROW)

    assert ElementTree.fromstring(svg).attrib["role"] == "img"  # noqa: S314 - our own
